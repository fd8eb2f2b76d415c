"""Pages of disclosure on the desk."""
