"""Pure law of the watch."""
