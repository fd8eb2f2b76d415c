"""Pure law of supervision: months and scores."""
