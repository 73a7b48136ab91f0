"""What came, went and changed between two graphs: stores, exports, topics."""
