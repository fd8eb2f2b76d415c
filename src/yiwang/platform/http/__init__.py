"""The HTTP edge: errors, request identity, health."""
