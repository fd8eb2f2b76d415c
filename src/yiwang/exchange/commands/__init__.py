"""Acts of the exchange, one a file."""
