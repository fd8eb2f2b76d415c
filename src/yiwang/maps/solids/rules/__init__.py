"""Solids, sun and sight: no database, no clock."""
