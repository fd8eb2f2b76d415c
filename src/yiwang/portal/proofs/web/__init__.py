"""The page on which anybody checks a page."""
