"""Acts on layers that departments make."""
