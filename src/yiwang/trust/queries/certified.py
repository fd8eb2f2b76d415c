"""Nodes, their orders and their certificates; whether a serial number still counts."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from yiwang.trust.contracts import CertifiedNode, OrderNotFound, OrderState
from yiwang.trust.models import CertificateOrder, IssuedCertificate, SigningKey
from yiwang.trust.rules.issuing import Usage
from yiwang.trust.rules.ocsp import Standing
from yiwang.trust.rules.revocation import FLAGS, RevocationReason


def state_of(row: CertificateOrder) -> OrderState:
    """Give an order as others see it; the fingerprint is what two people compare on the telephone."""
    found: tuple[bytes, ...] = ()
    if row.state == "issued":
        issued = IssuedCertificate.objects.filter(order=row).order_by("id")
        found = tuple(bytes(each.certificate) for each in issued)
    return OrderState(
        id=row.pk,
        token=row.token,
        node=row.node,
        organisation=row.organisation,
        address=row.address,
        members=tuple(str(code) for code in row.members),
        state=row.state,
        ordered_at=row.ordered_at,
        fingerprint=sha256(bytes(row.sign_request) + bytes(row.tls_request)).hexdigest()[:32],
        certificates=found,
    )


def get_order(token: str) -> OrderState:
    """Give the order of a token.

    Raises:
        OrderNotFound
    """
    row = CertificateOrder.objects.filter(token=token).first()
    if row is None:
        raise OrderNotFound
    return state_of(row)


def list_orders(*, state: str = "", limit: int = 100) -> list[OrderState]:
    """Give orders, the newest first."""
    rows = CertificateOrder.objects.order_by("-id")
    return [state_of(row) for row in (rows.filter(state=state) if state else rows)[:limit]]


def find_node(node: str, *, at: datetime) -> CertifiedNode | None:
    """Give a node that holds certificates in force at an instant."""
    return next((found for found in list_nodes(at=at) if found.node == node), None)


def list_nodes(*, at: datetime) -> list[CertifiedNode]:
    """Give all nodes in force by code, each with its newest certificates."""
    rows = (
        IssuedCertificate.objects.filter(revoked_at=None, valid_from__lte=at, valid_until__gt=at)
        .select_related("order")
        .order_by("node", "id")
    )
    newest: dict[tuple[str, str], IssuedCertificate] = {(row.node, row.usage): row for row in rows}
    return [
        CertifiedNode(
            node=node,
            organisation=sign.order.organisation,
            address=sign.order.address,
            members=tuple(str(code) for code in sign.order.members),
            sign_certificate=bytes(sign.certificate),
            tls_certificate=bytes(newest[node, Usage.TLS].certificate),
        )
        for (node, usage), sign in newest.items()
        if usage == Usage.SIGN and (node, Usage.TLS) in newest
    ]


def revoked_serials() -> list[str]:
    """Give the serial numbers of all node certificates that were withdrawn."""
    rows = IssuedCertificate.objects.exclude(revoked_at=None).order_by("id")
    return list(rows.values_list("serial", flat=True))


def standing_of(serial: int) -> Standing | None:
    """Tell what became of a certificate; None if the authority never issued it."""
    number = f"{serial:x}"
    row = (
        IssuedCertificate.objects.filter(serial=number).first()
        or SigningKey.objects.filter(serial=number).exclude(role=SigningKey.ROOT).first()
    )
    if row is None:
        return None
    if row.revoked_at is None:
        return Standing()
    return Standing(revoked_at=row.revoked_at, reason=FLAGS[RevocationReason(row.revocation_reason)])
