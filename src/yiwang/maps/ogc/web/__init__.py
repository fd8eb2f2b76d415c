"""Addresses under /ogc/."""
