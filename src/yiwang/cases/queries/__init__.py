"""Reads of cases: each takes an actor and gives contracts."""
