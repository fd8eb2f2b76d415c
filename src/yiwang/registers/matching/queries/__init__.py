"""What is read of matching."""
