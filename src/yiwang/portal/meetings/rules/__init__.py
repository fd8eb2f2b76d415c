"""Law of meeting notices, without a clock or a database."""
