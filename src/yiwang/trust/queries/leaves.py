"""The ledger's leaves in their order, for whoever checks the whole tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from django.db import connection

from yiwang.trust.contracts import Leaf, LeafId, ProvenLeaf, SignedHead
from yiwang.trust.models import LedgerLeaf, TreeHead
from yiwang.trust.queries.nodes import fetch_nodes
from yiwang.trust.queries.proofs import find_head, get_inclusion_proof
from yiwang.trust.rules import merkle

_Stored: TypeAlias = tuple[int, str, str, memoryview | None, memoryview, datetime]

_LEAVES = """
    SELECT index, kind, subject, salt, committed, recorded_at FROM trust_ledgerleaf
    WHERE index >= %s AND index < %s ORDER BY index
"""
_OF_SUBJECTS = """
    SELECT index, kind, subject, salt, committed, recorded_at FROM trust_ledgerleaf
    WHERE subject = ANY(%s) AND kind = %s AND index < %s
"""
_DAY_HEADS = """
    SELECT DISTINCT ON (date_trunc('day', signed_at)) * FROM trust_treehead
    WHERE size >= %s AND size <= %s
      AND key_id = (SELECT key_id FROM trust_treehead ORDER BY size DESC LIMIT 1)
    ORDER BY date_trunc('day', signed_at), size DESC
"""


def leaves_between(first: int, size: int, *, batch: int) -> Iterator[list[Leaf]]:
    """Give the leaves ``first`` to ``size - 1``, some thousand at a time; they never change again."""
    for start in range(first, size, batch):
        with connection.cursor() as cursor:
            cursor.execute(_LEAVES, [start, min(start + batch, size)])
            found = cursor.fetchall()
        yield [_leaf(row) for row in found]


def _leaf(row: _Stored) -> Leaf:
    index, kind, subject, salt, committed, at = row
    return Leaf(
        index=index,
        kind=kind,
        subject=subject,
        salt=None if salt is None else bytes(salt),
        committed=bytes(committed),
        recorded_at=at,
    )


def edge(size: int) -> tuple[bytes, ...]:
    """Give the roots of the complete subtrees over the first ``size`` leaves, the largest first."""
    plan = merkle.fold_plan(0, size)
    nodes = fetch_nodes(plan)
    return tuple(nodes[node] for node in plan)


def find_proven(subjects: Sequence[str], *, kind: str) -> tuple[SignedHead, dict[str, ProvenLeaf]] | None:
    """Give the leaves of a kind about these subjects, each with its path to the newest head.

    A leaf that has no place in the tree yet is left out; None if nothing was ever signed.
    """
    head = find_head()
    if head is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_OF_SUBJECTS, [list(subjects), kind, head.size])
        found = [_leaf(row) for row in cursor.fetchall()]
    plans = {leaf.index: merkle.inclusion_plan(leaf.index, head.size) for leaf in found}
    nodes = fetch_nodes(node for plan in plans.values() for fold in plan for node in fold)
    proven = {
        leaf.subject: ProvenLeaf(leaf=leaf, path=merkle.proof(plans[leaf.index], nodes.__getitem__))
        for leaf in found
    }
    return head, proven


def get_proven(leaf_id: LeafId) -> tuple[SignedHead, ProvenLeaf]:
    """Give one leaf with its path to the newest head.

    Raises:
        LeafNotFound, LeafNotSequenced
    """
    proof = get_inclusion_proof(leaf_id)
    row = LedgerLeaf.objects.get(pk=leaf_id)
    leaf = Leaf(
        index=proof.index,
        kind=row.kind,
        subject=row.subject,
        salt=None if row.salt is None else bytes(row.salt),
        committed=bytes(row.committed),
        recorded_at=row.recorded_at,
    )
    return proof.head, ProvenLeaf(leaf=leaf, path=proof.path)


def day_heads(first: int, size: int) -> tuple[SignedHead, ...]:
    """Give the last head of each day with more than ``first`` leaves, and the one of ``size``; oldest first.

    Heads of an earlier key are left out: who checks them has that key.
    """
    heads = TreeHead.objects.raw(_DAY_HEADS, [first, size])
    return tuple(found for head in heads if (found := find_head(head.size)) is not None)
