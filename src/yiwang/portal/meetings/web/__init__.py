"""Pages of meeting notices, all at the desk."""
