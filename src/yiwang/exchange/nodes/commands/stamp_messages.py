"""Put logged messages into batches and have each batch time-stamped."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Protocol

from cryptography import x509
from django.db import connection, transaction

from yiwang.exchange.models import NodeBatch, NodeMessage
from yiwang.exchange.nodes import centre
from yiwang.exchange.nodes.queries.standing import get_identity, held_directory
from yiwang.trust import api as trust

MOST = 5_000
_LOCK = 0x7977_0011


class Witness(Protocol):
    """The authority, as far as batches need it; raises NodeUnreachable when it does not answer."""

    def token(self, digest: bytes) -> bytes:
        """A verified time stamp of a digest."""

    def status(self, certificate: bytes) -> bytes:
        """A verified answer of the responder about a certificate in DER."""


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


def stamp_batches(*, at: datetime, witness: Witness | None = None) -> int:
    """Fetch the tokens that are missing, the oldest batch first, and what counts of the signers.

    Raises:
        NodeUnreachable: the authority does not answer; the batches wait.
    """
    waiting = list(NodeBatch.objects.filter(token=None).order_by("id")[:20])
    if not waiting:
        return 0
    asked = witness or _Centre()
    signers: dict[str, str] = {}
    for batch in waiting:
        statuses = {serial: signers.get(serial) or _said(asked, der) for serial, der in _signers(batch)}
        signers |= statuses
        token = asked.token(bytes(batch.root))
        NodeBatch.objects.filter(pk=batch.pk, token=None).update(
            token=token, stamped_at=at, statuses=statuses
        )
    return len(waiting)


def _said(witness: Witness, certificate: bytes) -> str:
    return b64encode(witness.status(certificate)).decode()


def _signers(batch: NodeBatch) -> list[tuple[str, bytes]]:
    """Serial number and certificate of both sides of a batch's messages, as the directory has them."""
    pairs = NodeMessage.objects.filter(batch=batch).values_list("node", "peer").distinct()
    names = {name for pair in pairs for name in pair}
    return [(peer.serial, peer.sign_certificate) for peer in held_directory().peers if peer.node in names]


class _Centre:
    """The centre that this node joined."""

    def __init__(self) -> None:
        self._root = x509.load_der_x509_certificate(bytes(get_identity().root))
        self._directory = held_directory()

    def token(self, digest: bytes) -> bytes:
        return centre.time_stamp(self._directory.time_url, digest, self._root)

    def status(self, certificate: bytes) -> bytes:
        read = x509.load_der_x509_certificate(certificate)
        return centre.status(self._directory.ocsp_url, read, self._root)
