"""Pure law of the exchange."""
