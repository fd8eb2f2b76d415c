"""Drafts as they stand."""
