"""What is read of layers."""
