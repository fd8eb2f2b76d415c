"""The peer of ``bench portal``: a project as ``wagtail start`` makes it, with pages for the same content."""
