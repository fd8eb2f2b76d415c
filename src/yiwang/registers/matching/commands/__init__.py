"""Acts of matching."""
