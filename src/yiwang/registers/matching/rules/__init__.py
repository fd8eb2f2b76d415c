"""Pure law of matching: what of a code, name or address is compared, who is one, who differs."""
