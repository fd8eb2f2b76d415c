"""The centre notes what a node offers, for its next directory."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from yiwang.exchange.models import NodeResources
from yiwang.exchange.nodes.contracts import Fault, MessageRefused
from yiwang.exchange.nodes.rules.resources import read_statement
from yiwang.exchange.nodes.rules.signatures import WINDOW
from yiwang.trust import api as trust


def take_resources(content: bytes, signature: bytes, *, at: datetime) -> int:
    """Check and keep it; gives how many resources the node offers now.

    Raises:
        MessageRefused: not of a node in force, altered, not of now, told before, or of an owner for whom the
            node does not speak; nothing changed.
    """
    said = read_statement(content)
    node = trust.find_node(said.node, at=at)
    key = x509.load_der_x509_certificate(node.sign_certificate).public_key() if node else None
    if node is None or not isinstance(key, Ed25519PublicKey):
        raise MessageRefused(fault=Fault.UNKNOWN_KEY)
    try:
        key.verify(signature, content)
    except InvalidSignature:
        raise MessageRefused(fault=Fault.SIGNATURE_FALSE) from None
    told_at = said.instant()
    if abs(told_at - at) > WINDOW:
        raise MessageRefused(fault=Fault.CLOCK_SKEW)
    if not {each.owner for each in said.resources} <= set(node.members):
        raise MessageRefused(fault=Fault.NOT_A_MEMBER)
    with transaction.atomic():
        row, _ = NodeResources.objects.select_for_update().get_or_create(node=said.node)
        if row.told_at is not None and told_at <= row.told_at:
            raise MessageRefused(fault=Fault.REPLAYED)
        row.told_at, row.resources = told_at, [each.model_dump() for each in said.resources]
        row.save(update_fields=["told_at", "resources"])
    return len(said.resources)
