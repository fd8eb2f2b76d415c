"""Acts on files that become layers."""
