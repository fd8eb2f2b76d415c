"""Layers that departments make themselves, in the browser: a draft, what it will draw, published at once."""
