"""What is read for an analysis."""
