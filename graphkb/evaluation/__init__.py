"""How right an extraction is, against what people annotated."""
