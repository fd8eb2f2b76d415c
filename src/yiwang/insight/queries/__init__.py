"""Reads of supervision: each takes an actor and gives contracts."""
