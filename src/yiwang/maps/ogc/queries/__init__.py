"""What is read of layers for map programs."""
