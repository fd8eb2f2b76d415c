"""What the public and the officers read."""
