"""Pure law of addresses: how a text is read, printed, compared and judged."""
