"""What the older standards say, as pure functions."""
