"""Reads of the assessment."""
