"""Pages of situations."""
