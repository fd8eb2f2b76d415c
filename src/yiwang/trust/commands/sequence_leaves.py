"""Put waiting leaves into the tree and sign the new head.

One sequencer works at a time (advisory lock; a second one goes away empty-handed). Everything happens in one
transaction: a killed worker leaves the tree as it was, and the leaves wait for the next round.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from yiwang.trust import keystore
from yiwang.trust.commands.ensure_authority import ensure_ledger_key
from yiwang.trust.models import TreeHead
from yiwang.trust.queries.nodes import fetch_nodes
from yiwang.trust.rules import merkle
from yiwang.trust.rules.checkpoint import Checkpoint

BATCH = 5000
_LOCK = 0x7977_0002

_WAITING = """
    SELECT id, leaf_hash FROM trust_ledgerleaf WHERE index IS NULL
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_PLACE = """
    UPDATE trust_ledgerleaf l SET index = placed.index
    FROM unnest(%s::bigint[], %s::bigint[]) AS placed(id, index) WHERE l.id = placed.id
"""
_GROW = """
    INSERT INTO trust_treenode (level, index, hash)
    SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
"""


def sequence_leaves(*, at: datetime, most: int = BATCH) -> int:
    """Give how many leaves found their place; 0 when none waits or another sequencer is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM trust_ledgerleaf WHERE index IS NULL)")
        row = cursor.fetchone()
    if row is None or not row[0]:
        return 0
    ensure_ledger_key(at=at)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
        if row is None or not row[0]:
            return 0
        cursor.execute(_WAITING, [most])
        waiting = [(leaf_id, bytes(value)) for leaf_id, value in cursor.fetchall()]
        if waiting:
            _extend(waiting, at=at)
    return len(waiting)


def _extend(waiting: Sequence[tuple[int, bytes]], *, at: datetime) -> None:
    last = TreeHead.objects.order_by("-size").first()
    size = last.size if last else 0
    new_size = size + len(waiting)
    known = fetch_nodes(merkle.append_plan(size))
    made = merkle.appended(size, [value for _, value in waiting], known.__getitem__)
    inner = [(level, index, value) for (level, index), value in made.items() if level > 0]
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [[leaf_id for leaf_id, _ in waiting], list(range(size, new_size))])
        if inner:
            levels, indexes, values = zip(*inner, strict=True)
            cursor.execute(_GROW, [list(levels), list(indexes), list(values)])
    root = merkle.fold(merkle.fold_plan(0, new_size), (known | made).__getitem__)
    key = ensure_ledger_key(at=at)
    body = Checkpoint(origin=key.name_en, size=new_size, root=root).body()
    TreeHead.objects.create(
        size=new_size,
        root=root,
        signed_at=at,
        key=key,
        signature=keystore.ed25519_key(key.fingerprint).sign(body),
    )
