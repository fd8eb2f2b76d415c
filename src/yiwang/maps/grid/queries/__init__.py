"""What grids there are, and what is wrong with them."""
