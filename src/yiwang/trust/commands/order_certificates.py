"""A node asks for its certificates (enrolment after the manner of ACME, RFC 8555: order, then fetch)."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.environment import environment
from yiwang.trust.commands.decide_order import issue_order
from yiwang.trust.contracts import NodeOrder, OrderRefused, OrderState
from yiwang.trust.models import CertificateOrder, IssuedCertificate
from yiwang.trust.queries.certified import find_node, state_of
from yiwang.trust.rules.issuing import Usage, checked_request

_NODE = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
_CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")
#: Nobody is asked who may order, so what waits is bounded: in all, of one organisation, of one address.
MOST_WAITING, MOST_OF_ORGANISATION, MOST_OF_CLIENT = 200, 5, 10


@command(operation="trust.node.order")
def order_certificates(*, actor: Actor, order: NodeOrder, at: datetime, client: str = "") -> OrderState:
    """Keep the order until an officer decides; one that proves itself by the certified key is issued.

    ``client`` is the network address that sent it; only a keyed digest of it is kept.

    Raises:
        OrderRefused: malformed, not proven to hold its keys, or too many wait.
    """
    permit(Scope(everyone=True), subject=f"node:{order.node[:40]}")
    _refuse_malformed(order)
    sender = _mark(client)
    if not order.proof:  # a renewal waits for nobody, so a queue that is full does not stop it
        _refuse_too_many(order.organisation, sender)
    row = CertificateOrder.objects.create(
        token=secrets.token_urlsafe(32),
        node=order.node,
        organisation=order.organisation,
        address=order.address,
        members=list(order.members),
        sign_request=order.sign_request,
        tls_request=order.tls_request,
        client=sender,
        ordered_at=at,
    )
    note(order=row.pk)
    if order.proof:
        _refuse_false_renewal(order, at)
        issue_order(row, decided_by=None, at=at)
    return state_of(row)


def _refuse_too_many(organisation: str, sender: str) -> None:
    waiting = CertificateOrder.objects.filter(state="pending")
    if waiting.filter(organisation=organisation).count() >= MOST_OF_ORGANISATION:
        raise OrderRefused(
            reason=Text("该机构的待审申请过多", "Too many orders of this organisation wait for a decision")
        )
    if sender and waiting.filter(client=sender).count() >= MOST_OF_CLIENT:
        raise OrderRefused(
            reason=Text("同一地址的待审申请过多", "Too many orders from one address wait for a decision")
        )
    if waiting.count() >= MOST_WAITING:
        raise OrderRefused(reason=Text("待审申请过多", "Too many orders wait for a decision"))


def _mark(client: str) -> str:
    """A digest under the installation's secret; of IPv6 the network, since a host chooses the rest."""
    if not client:
        return ""
    try:
        address = ip_address(client)
    except ValueError:
        network = client
    else:
        network = str(ip_network((address, 64 if address.version == 6 else 32), strict=False))
    return hmac.new(environment().secret().encode(), network.encode(), sha256).hexdigest()[:32]


def _refuse_malformed(order: NodeOrder) -> None:
    if not _NODE.fullmatch(order.node):
        raise OrderRefused(reason=Text("节点代码不合规", "The node's code is not well formed"))
    codes = (order.organisation, *order.members)
    if not order.members or len(codes) > 200 or not all(_CODE.fullmatch(code) for code in codes):
        raise OrderRefused(reason=Text("机构代码不合规", "An organisation's code is not well formed"))
    address = urlsplit(order.address)
    if address.scheme != "https" or not address.hostname or address.path.strip("/") or address.query:
        raise OrderRefused(reason=Text("地址须为 https://主机:端口", "Give the address as https://host:port"))
    try:
        checked_request(order.sign_request, Usage.SIGN)
        checked_request(order.tls_request, Usage.TLS)
    except ValueError as fault:
        reason = Text("密钥未经证明或种类不符", f"The keys are not proven: {fault}")
        raise OrderRefused(reason=reason) from None


def _refuse_false_renewal(order: NodeOrder, at: datetime) -> None:
    present = find_node(order.node, at=at)
    same = present is not None and (present.organisation, present.members) == (
        order.organisation,
        order.members,
    )
    refused = OrderRefused(reason=Text("续期证明不成立", "The proof of renewal does not hold"))
    if present is None or not same:
        raise refused
    key = x509.load_der_x509_certificate(present.sign_certificate).public_key()
    if not isinstance(key, Ed25519PublicKey):
        raise refused
    try:
        key.verify(order.proof, order.sign_request + order.tls_request)
    except InvalidSignature:
        raise refused from None
    # A proof can't be used again: its keys are certified once.
    if IssuedCertificate.objects.filter(order__sign_request=order.sign_request).exists():
        raise refused
