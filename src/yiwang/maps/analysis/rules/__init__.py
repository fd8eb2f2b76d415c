"""Shapes that are asked about, and what follows of what lies there: pure."""
