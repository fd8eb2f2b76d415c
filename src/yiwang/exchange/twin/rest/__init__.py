"""The twin over HTTP."""
