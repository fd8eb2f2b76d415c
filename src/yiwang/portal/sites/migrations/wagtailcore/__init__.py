"""Tables of Wagtail, made in one step instead of in the 98 of its history: see docs/decisions."""
