"""Acts on rasters."""
