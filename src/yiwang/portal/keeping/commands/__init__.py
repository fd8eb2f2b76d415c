"""Acts on the kept pages."""
