"""What is read for a search."""
