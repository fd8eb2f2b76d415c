"""Pages and addresses of rasters."""
