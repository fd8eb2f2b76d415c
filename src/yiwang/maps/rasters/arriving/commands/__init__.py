"""Acts on files of imagery that arrive."""
