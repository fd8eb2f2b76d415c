"""Pure rules of maps: tiles, styles, generalisation."""
