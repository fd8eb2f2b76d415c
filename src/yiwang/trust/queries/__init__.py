"""Reads of trust: keys in force, nodes, proofs, lists of revoked seals."""
