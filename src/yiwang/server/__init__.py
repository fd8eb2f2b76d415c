"""Composition root: settings, URLs, web and worker."""
