"""Reads of the index of addresses."""
