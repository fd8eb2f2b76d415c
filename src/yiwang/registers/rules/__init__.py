"""Pure law of registers."""
