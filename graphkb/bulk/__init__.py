"""From sources to import files without a store: on this machine's processes, or on Spark."""
