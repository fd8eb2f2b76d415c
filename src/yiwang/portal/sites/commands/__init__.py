"""Acts on sites, pages and files."""
