"""A register's definition as one archive: out of an installation, into another."""
