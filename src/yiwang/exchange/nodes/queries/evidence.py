"""The evidence of a logged message; proofs are made when somebody asks for them."""

from __future__ import annotations

import re
from base64 import b64decode

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from yiwang.exchange.models import NodeBatch, NodeDirectory, NodeIdentity, NodeMessage
from yiwang.exchange.nodes import bodies
from yiwang.exchange.nodes.contracts import EvidenceMissing, HttpMessage, NotEnrolled, Peer
from yiwang.exchange.nodes.queries.standing import held_directory
from yiwang.exchange.nodes.rules import evidence as rules
from yiwang.exchange.nodes.rules.directory import read_directory
from yiwang.kernel.text import Text
from yiwang.trust import api as trust
from yiwang.trust.contracts import LeafId, LeafNotSequenced


def evidence_of(message: str, *, direction: str) -> bytes:
    """Give the container of a message of this node's log (``in`` or ``out``).

    Raises:
        EvidenceMissing: no such message, not stamped or in the ledger yet, or what it proves was erased.
        NotEnrolled: the log is of another node.
    """
    row = NodeMessage.objects.filter(message=message, direction=direction, repeats=None).first()
    if row is None:
        raise EvidenceMissing(reason=Text("没有这份报文", "there is no such message"))
    if row.batch is None or row.batch.token is None or row.place is None:
        raise EvidenceMissing(reason=Text("时间戳尚未取得", "its time stamp has not come yet"))
    if row.request_body is None or row.answer_body is None:
        raise EvidenceMissing(reason=Text("正文已删除", "its bodies were erased"))
    identity = NodeIdentity.objects.filter(node=row.node).exclude(sign_certificate=None).first()
    if identity is None:
        raise NotEnrolled
    names = (row.peer, row.node) if direction == "in" else (row.node, row.peer)
    asker, provider = (
        _signer(node, sent["headers"], row)
        for node, sent in zip(names, (row.request, row.answer), strict=True)
    )
    made = rules.Evidence(
        request=HttpMessage(
            method=row.request["method"],
            target=row.request["target"],
            headers=row.request["headers"],
            body=bodies.opened(bytes(row.request_body)),
        ),
        answer=HttpMessage(
            status=row.status, headers=row.answer["headers"], body=bodies.opened(bytes(row.answer_body))
        ),
        asker=asker.sign_certificate,
        provider=provider.sign_certificate,
        root=x509.load_der_x509_certificate(bytes(identity.root)).public_bytes(Encoding.PEM),
        statuses=[
            b64decode(row.batch.statuses[each.serial])
            for each in (asker, provider)
            if each.serial in row.batch.statuses
        ],
        index=row.place,
        size=row.batch.size,
        path=_batch_path(row.batch, row.place),
        token=bytes(row.batch.token),
        ledger=_ledger_proof(row, identity),
    )
    return rules.pack(made)


def _batch_path(batch: NodeBatch, place: int) -> tuple[bytes, ...]:
    leaves = NodeMessage.objects.filter(batch=batch).order_by("place").values_list("leaf_hash", flat=True)
    return trust.batch_path([bytes(leaf) for leaf in leaves], place)


def _signer(node: str, headers: dict[str, str], row: NodeMessage) -> Peer:
    """The node with the certificate that signed: since then it may have been renewed, or the node have left.

    Raises:
        EvidenceMissing: no directory that was held has it.
    """
    named = re.search(r'keyid="([0-9a-f]+)"', headers["signature-input"])
    then = NodeDirectory.objects.filter(received_at__lte=row.at).order_by("-version").first()
    held = [held_directory()] + ([read_directory(bytes(then.content))] if then else [])
    for peer in (peer for directory in held for peer in directory.peers):
        if peer.node == node and named is not None and peer.serial == named[1]:
            return peer
    raise EvidenceMissing(
        reason=Text("签名证书已不在目录中", "no directory here has the signer's certificate")
    )


def _ledger_proof(row: NodeMessage, identity: NodeIdentity) -> rules.LedgerProof:
    """The message's leaf under the newest head, and this node's word for the ledger's key."""
    try:
        head, proven = trust.get_proven(LeafId(row.leaf))
    except LeafNotSequenced:
        raise EvidenceMissing(reason=Text("正在记入账本", "the ledger is taking it in")) from None
    if proven.leaf.salt is None:
        raise EvidenceMissing(reason=Text("账本中的内容已删除", "its content in the ledger was erased"))
    key = trust.ledger_public_key() or b""
    private = trust.private_key(identity.sign_fingerprint)
    if not isinstance(private, Ed25519PrivateKey):
        raise NotEnrolled
    return rules.LedgerProof(
        node=row.node,
        certificate=bytes(identity.sign_certificate or b""),
        key=key,
        vouched=private.sign(rules.vouching(row.node, key)),
        checkpoint=head.note,
        recorded_at=proven.leaf.recorded_at,
        kind=proven.leaf.kind,
        subject=proven.leaf.subject,
        salt=proven.leaf.salt,
        index=proven.leaf.index,
        path=proven.path,
    )
