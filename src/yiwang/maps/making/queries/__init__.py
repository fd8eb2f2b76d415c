"""Drafts, what they draw, and what was published."""
