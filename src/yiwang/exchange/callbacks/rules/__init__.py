"""Law of callbacks."""
