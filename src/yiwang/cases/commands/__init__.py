"""The acts of cases, one a file."""
