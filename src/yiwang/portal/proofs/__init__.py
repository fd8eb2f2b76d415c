"""Proofs of published pages: what was said, and that it was said by then."""
