"""Which entries of several lists are the same firm, and what the lists disagree on.

Rows that tell of the same firm are found by sound codes first, the rest by a probabilistic model (Splink on
DuckDB), which runs in a process of its own: its libraries are never loaded into web processes.
"""
