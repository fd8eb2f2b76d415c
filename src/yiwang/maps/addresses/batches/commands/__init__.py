"""Acts on files of addresses."""
