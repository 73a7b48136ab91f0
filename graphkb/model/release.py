"""Which version of graphkb this is; the distribution's metadata take it from here."""

__all__ = ["VERSION"]

VERSION = "0.1.0"
