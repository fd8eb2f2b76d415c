"""Template libraries of the footing: ``text`` (words in two languages) and ``ui`` (components)."""
