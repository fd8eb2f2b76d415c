"""Grows communities, cells and components inside the real districts, for a city without surveyed ones."""
