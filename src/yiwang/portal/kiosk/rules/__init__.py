"""Law of the kiosks, without a clock or a database."""
