"""The evidence of a logged message, and the check of such evidence."""

from __future__ import annotations

from base64 import b64decode

from cryptography import x509

from yiwang.exchange.models import NodeMessage
from yiwang.exchange.nodes import bodies
from yiwang.exchange.nodes.contracts import EvidenceMissing, HttpMessage
from yiwang.exchange.nodes.queries.standing import held_directory
from yiwang.exchange.nodes.rules import evidence as rules
from yiwang.kernel.text import Text
from yiwang.trust import api as trust


def evidence_of(message: str, *, direction: str) -> bytes:
    """Give the container of a message of this node's log (``in`` or ``out``).

    Raises:
        EvidenceMissing: no such message, not stamped yet, or its bodies were erased.
    """
    row = NodeMessage.objects.filter(message=message, direction=direction, repeats=None).first()
    if row is None:
        raise EvidenceMissing(reason=Text("没有这份报文", "there is no such message"))
    if row.batch is None or row.batch.token is None or row.place is None:
        raise EvidenceMissing(reason=Text("时间戳尚未取得", "its time stamp has not come yet"))
    if row.request_body is None or row.answer_body is None:
        raise EvidenceMissing(reason=Text("正文已删除", "its bodies were erased"))
    leaves = NodeMessage.objects.filter(batch=row.batch).order_by("place").values_list("leaf_hash", flat=True)
    directory = held_directory()
    asker, provider = (row.peer, row.node) if direction == "in" else (row.node, row.peer)
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
        asker=directory.peer(asker).sign_certificate,
        provider=directory.peer(provider).sign_certificate,
        statuses=[b64decode(each) for _, each in sorted(row.batch.statuses.items())],
        index=row.place,
        size=row.batch.size,
        path=trust.batch_path([bytes(leaf) for leaf in leaves], row.place),
        token=bytes(row.batch.token),
    )
    return rules.pack(made)


def check_evidence(container: bytes, root_pem: bytes) -> list[rules.Finding]:
    """Check a container of unknown origin against the authority's root; asks no database and no network.

    Raises:
        ValueError: it is no container, or no root.
    """
    root = x509.load_pem_x509_certificates(root_pem)[-1]
    judge = rules.Judge(
        issued_by=trust.issued_by,
        status_of=trust.status_of,
        stamped_at=trust.stamped_at,
        batch_root=trust.root_from_path,
    )
    return rules.check(rules.unpack(container), root, judge)
