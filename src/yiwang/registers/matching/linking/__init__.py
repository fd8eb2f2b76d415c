"""The heavy part of matching: DuckDB and Splink, in a process of its own (``python -m``), without Django."""
