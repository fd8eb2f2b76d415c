"""Proofs from the ledger, for anyone who wants to check it."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.platform.contracts import Json
from yiwang.trust.contracts import (
    ConsistencyProof,
    HeadNotFound,
    InclusionProof,
    LeafId,
    LeafNotFound,
    LeafNotSequenced,
    SignedHead,
)
from yiwang.trust.models import LedgerLeaf, TreeHead
from yiwang.trust.queries.nodes import fetch_nodes
from yiwang.trust.rules import checkpoint, merkle
from yiwang.trust.rules.content import content_hash, leaf_entry


def find_head(size: int | None = None) -> SignedHead | None:
    """Give the newest signed head, or the one of a size."""
    heads = TreeHead.objects.select_related("key").order_by("-size")
    head = (heads if size is None else heads.filter(size=size)).first()
    if head is None:
        return None
    root = bytes(head.root)
    note = checkpoint.note(
        checkpoint.Checkpoint(origin=head.key.name_en, size=head.size, root=root),
        public_key=bytes(head.key.public_key),
        signature=bytes(head.signature),
    )
    return SignedHead(size=head.size, root=root, signed_at=head.signed_at, note=note)


def get_inclusion_proof(leaf_id: LeafId, *, size: int | None = None) -> InclusionProof:
    """Prove that the entry stands in the newest signed ledger, or in the one of a size."""
    leaf = LedgerLeaf.objects.filter(pk=leaf_id).first()
    if leaf is None:
        raise LeafNotFound(leaf_id=leaf_id)
    head = find_head(size)
    if size is not None and head is None:
        raise HeadNotFound(size=size)
    if leaf.index is None or head is None or leaf.index >= head.size:
        raise LeafNotSequenced(leaf_id=leaf_id)
    plan = merkle.inclusion_plan(leaf.index, head.size)
    nodes = fetch_nodes(node for fold in plan for node in fold)
    return InclusionProof(
        leaf_id=leaf_id,
        index=leaf.index,
        entry=leaf_entry(
            kind=leaf.kind, subject=leaf.subject, committed=bytes(leaf.committed), at=leaf.recorded_at
        ),
        path=merkle.proof(plan, nodes.__getitem__),
        head=head,
    )


def get_inclusion_proof_by_hash(wanted: bytes, *, size: int | None = None) -> InclusionProof:
    """Prove it for the leaf of a hash; who does not know an entry cannot find it."""
    leaf_id = LedgerLeaf.objects.filter(leaf_hash=wanted).values_list("pk", flat=True).first()
    if leaf_id is None:
        raise LeafNotFound(leaf_id=0)
    return get_inclusion_proof(LeafId(leaf_id), size=size)


def get_consistency_proof(first: int, second: int) -> ConsistencyProof:
    """Prove that the ledger of the first size is the beginning of that of the second."""
    older, newer = find_head(first), find_head(second)
    if older is None or newer is None:
        raise HeadNotFound(size=first if older is None else second)
    plan = merkle.consistency_plan(first, second)
    nodes = fetch_nodes(node for fold in plan for node in fold)
    return ConsistencyProof(older=older, newer=newer, path=merkle.proof(plan, nodes.__getitem__))


def matches_content(leaf_id: LeafId, content: Mapping[str, Json]) -> bool:
    """Tell whether this is the content that the entry committed to; never so once the salt is erased."""
    leaf = LedgerLeaf.objects.filter(pk=leaf_id).first()
    if leaf is None:
        raise LeafNotFound(leaf_id=leaf_id)
    return leaf.salt is not None and content_hash(bytes(leaf.salt), content) == bytes(leaf.committed)
