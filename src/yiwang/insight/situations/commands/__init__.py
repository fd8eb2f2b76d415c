"""Acts of situations."""
