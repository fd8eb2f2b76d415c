"""Paper, signs and words: pure."""
