"""What is asked about rasters."""
