"""A citizen has the own data put into a form: once given, never asked again (一次提交、多次复用)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.exchange.commands.request_data import request_within
from yiwang.exchange.contracts import Answer, OwnDataOnly, Purpose
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.providers import PROVIDERS
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.subjects import own_number
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation=OPERATION)
def request_own_data(*, actor: Actor, at: datetime, resource: str, fields: Sequence[str]) -> Answer:
    """Give the citizen's own entry, or that of the firm acted for, without typing its number.

    Raises:
        OwnDataOnly: the resource isn't asked by such a number, or none is known of this citizen.
        PurposeRefused: an officer asks; officers ask with a case.
    """
    info = get_resource(resource)
    key = own_number(actor, PROVIDERS.get(info.kind).own_key_kind(info.source))
    if actor.kind == "citizen" and not key:
        raise OwnDataOnly
    return request_within(
        actor=actor,
        at=at,
        resource=resource,
        key=key,
        fields=fields,
        purpose=Purpose(kind="own_application"),
    )
