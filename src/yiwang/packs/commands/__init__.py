"""Acts of packs."""
