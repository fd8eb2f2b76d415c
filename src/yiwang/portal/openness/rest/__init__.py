"""The catalogue for programs."""
