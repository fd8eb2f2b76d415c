"""Solids for programs and people."""
