"""Acts of trust, one a file."""
