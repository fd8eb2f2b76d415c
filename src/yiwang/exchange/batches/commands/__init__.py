"""Acts of batches, one a file."""
