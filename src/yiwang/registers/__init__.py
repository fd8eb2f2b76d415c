"""Registers: what the city knows, as typed tables with a history in two times.

A pack declares a register; apply makes its tables. An entry has a key, a source organisation and versions:
valid time says when something was so, transaction time when the city knew it. Rows become JSON in the
database, and what a reader may not see is masked there.
"""
