"""The officers' pages of the exchange, in the desk."""
