"""Pages of matching, at the desk."""
