"""Reads the words of strangers' documents, in a process of its own with bounds.

``contracts`` and ``running`` are light; the libraries are loaded by ``__main__`` alone.
"""
