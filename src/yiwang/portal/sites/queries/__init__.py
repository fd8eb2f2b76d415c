"""Reads of sites, pages and files."""
