"""Pages of supervision, in the desk and for the public."""
