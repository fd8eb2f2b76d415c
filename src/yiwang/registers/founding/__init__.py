"""Registers made for one file: what the file holds, a definition that fits it, and its rows entered."""
