"""Looks at many: batches of keys, searches, and jobs whose answer is a file."""
