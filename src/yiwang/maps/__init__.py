"""Maps: layers, features, tiles, grid, addresses."""
