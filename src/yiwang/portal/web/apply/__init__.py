"""Applying: choose for whom, fill in page by page, hand in papers, check, send."""
