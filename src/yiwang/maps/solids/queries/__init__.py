"""Buildings as a reader may see them."""
