"""An officer decides whether a node gets its certificates."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.trust.commands.ensure_service import issuer
from yiwang.trust.commands.record_entry import record_entry
from yiwang.trust.contracts import OrderDecided, OrderNotFound, OrderRefusal, OrderState
from yiwang.trust.models import CertificateOrder, IssuedCertificate
from yiwang.trust.queries.certified import state_of
from yiwang.trust.rules.issuing import Usage, checked_request, node_certificate


@command(operation="trust.node.decide")
def approve_order(*, actor: Actor, order: int, at: datetime) -> OrderState:
    """Issue both certificates and enter them in the ledger.

    Raises:
        OrderNotFound, OrderDecided
    """
    row = _waiting(order)
    permit(Scope(everyone=True), subject=f"node:{row.node}")
    issue_order(row, decided_by=actor.account_id, at=at)
    return state_of(row)


@command(operation="trust.node.decide")
def refuse_order(*, actor: Actor, order: int, reason: OrderRefusal, at: datetime) -> OrderState:
    """Refuse with a reason, which the journal keeps; nothing is issued."""
    row = _waiting(order)
    permit(Scope(everyone=True), subject=f"node:{row.node}")
    note(reason=reason.value)
    _decide(row, "refused", decided_by=actor.account_id, at=at)
    return state_of(row)


def issue_order(row: CertificateOrder, *, decided_by: int | None, at: datetime) -> None:
    """Issue for an order within the present act."""
    authority = issuer(at=at)
    host = urlsplit(row.address).hostname or ""
    for usage, request in ((Usage.SIGN, row.sign_request), (Usage.TLS, row.tls_request)):
        certificate = node_certificate(
            checked_request(bytes(request), usage),
            node=row.node,
            organisation=row.organisation,
            host=host,
            usage=usage,
            issuer=authority,
            at=at,
        )
        serial = f"{certificate.serial_number:x}"
        IssuedCertificate.objects.create(
            order=row,
            node=row.node,
            usage=usage.value,
            serial=serial,
            certificate=certificate.public_bytes(Encoding.DER),
            valid_from=certificate.not_valid_before_utc,
            valid_until=certificate.not_valid_after_utc,
        )
        record_entry(
            "trust.certificate_issued",
            f"node:{row.node}",
            {"serial": serial, "usage": usage.value, "organisation": row.organisation},
            at=at,
        )
    _decide(row, "issued", decided_by=decided_by, at=at)


def _waiting(order: int) -> CertificateOrder:
    row = CertificateOrder.objects.select_for_update().filter(pk=order).first()
    if row is None:
        raise OrderNotFound
    if row.state != "pending":
        raise OrderDecided(node=row.node)
    return row


def _decide(row: CertificateOrder, state: str, *, decided_by: int | None, at: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, decided_by, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    note(order=row.pk, state=state)
