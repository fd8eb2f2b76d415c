"""Drawn tiles kept in the memory of a web process, until something that they show changes."""
