"""The yiwang commands."""
