"""Grows plausible stations, values and works for the demonstration, the same for the same seed."""
