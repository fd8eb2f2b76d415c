"""Addresses over HTTP."""
