"""Reads of situations."""
