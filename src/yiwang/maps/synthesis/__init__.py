"""What is grown inside the real districts for the demonstration: the same for the same seed."""
