"""Reads of a node."""
