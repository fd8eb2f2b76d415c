"""Acts of a node."""
