"""Pure law of trust: the tree of the ledger, canonical content, checkpoints."""
