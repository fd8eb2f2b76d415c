"""Acts of callbacks, one a file."""
