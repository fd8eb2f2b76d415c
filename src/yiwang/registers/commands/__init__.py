"""Acts on registers, one a file."""
