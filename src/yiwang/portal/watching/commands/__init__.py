"""Acts of the watch."""
