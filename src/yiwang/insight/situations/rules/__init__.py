"""Pure rules of situations."""
