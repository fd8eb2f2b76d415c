"""Tiles, styles and the map page."""
