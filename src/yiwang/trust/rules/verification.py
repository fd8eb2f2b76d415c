"""Checks that anyone can make with nothing but a proof and the ledger's public key."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from yiwang.trust.contracts import ConsistencyProof, InclusionProof, SignedHead
from yiwang.trust.rules import checkpoint, merkle


def head_is_genuine(head: SignedHead, public_key: bytes) -> bool:
    """Tell whether the ledger's key signed this size and root."""
    try:
        signed, named, signature = checkpoint.parsed(head.note)
        if named != checkpoint.key_hash(signed.origin, public_key):
            return False
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed.body())
    except (ValueError, InvalidSignature):
        return False
    return (signed.size, signed.root) == (head.size, head.root)


def inclusion_holds(proof: InclusionProof, public_key: bytes) -> bool:
    """Tell whether the entry stands in the signed ledger."""
    return head_is_genuine(proof.head, public_key) and merkle.verify_inclusion(
        merkle.leaf_hash(proof.entry), proof.index, proof.head.size, proof.path, proof.head.root
    )


def consistency_holds(proof: ConsistencyProof, public_key: bytes) -> bool:
    """Tell whether the newer signed ledger begins with the older signed one."""
    return (
        head_is_genuine(proof.older, public_key)
        and head_is_genuine(proof.newer, public_key)
        and merkle.verify_consistency(
            proof.older.size, proof.newer.size, proof.older.root, proof.newer.root, proof.path
        )
    )
