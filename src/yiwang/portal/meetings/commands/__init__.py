"""Acts, one a file."""
