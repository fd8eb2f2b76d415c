"""What templates of maps ask for."""
