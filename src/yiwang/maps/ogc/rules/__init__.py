"""What the standards say, as pure functions."""
