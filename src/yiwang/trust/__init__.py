"""Proof of who did what when: keys, seals, the append-only ledger."""
