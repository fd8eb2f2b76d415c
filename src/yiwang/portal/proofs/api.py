"""The door of the proofs of pages."""

from yiwang.portal.proofs.proving import hear_of_page, prove_page, prove_waiting
from yiwang.portal.proofs.queries import check_page, proof_of

__all__ = ["check_page", "hear_of_page", "proof_of", "prove_page", "prove_waiting"]
