"""Callbacks: what the exchange tells a department's system, signed, until it was heard or is dead."""
