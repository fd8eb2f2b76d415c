"""Pages of the kiosks: touch pages for everybody, and those of the desk."""
