"""Put logged messages into batches and have each batch time-stamped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cryptography import x509
from django.db import connection, transaction

from yiwang.exchange.models import NodeBatch, NodeMessage
from yiwang.exchange.nodes import centre
from yiwang.exchange.nodes.queries.standing import get_identity, held_directory
from yiwang.trust import api as trust

MOST = 5_000
_LOCK = 0x7977_0011
#: Gives a verified token for a digest; raises NodeUnreachable when the authority does not answer.
Stamper = Callable[[bytes], bytes]

_PLACE = """
UPDATE exchange_nodemessage m SET batch_id = %s, place = placed.place
FROM unnest(%s::bigint[], %s::int[]) AS placed(id, place) WHERE m.id = placed.id
"""


def make_batch(*, at: datetime) -> int:
    """Put what waits under one Merkle root; gives how many. One transaction, one batcher at a time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
        if row is None or not row[0]:
            return 0
        waiting = list(
            NodeMessage.objects.filter(batch=None).order_by("id").values_list("id", "leaf_hash")[:MOST]
        )
        if not waiting:
            return 0
        root = trust.batch_root([bytes(leaf) for _, leaf in waiting])
        batch = NodeBatch.objects.create(root=root, size=len(waiting), made_at=at)
        cursor.execute(_PLACE, [batch.pk, [key for key, _ in waiting], list(range(len(waiting)))])
    return len(waiting)


def stamp_batches(*, at: datetime, stamper: Stamper | None = None) -> int:
    """Fetch the tokens that are missing, the oldest batch first; gives how many.

    Raises:
        NodeUnreachable: the authority does not answer; the batches wait.
    """
    waiting = list(NodeBatch.objects.filter(token=None).order_by("id")[:20])
    if not waiting:
        return 0
    stamp = stamper or _from_centre()
    for batch in waiting:
        token = stamp(bytes(batch.root))
        NodeBatch.objects.filter(pk=batch.pk, token=None).update(token=token, stamped_at=at)
    return len(waiting)


def _from_centre() -> Stamper:
    root = x509.load_der_x509_certificate(bytes(get_identity().root))
    address = held_directory().time_url
    return lambda digest: centre.time_stamp(address, digest, root)
