"""The centre signs the directory of nodes; a new one when something changed or half a life has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from yiwang.exchange.models import NodeDirectory, NodeResources
from yiwang.exchange.nodes.contracts import DirectoryRefused, NodeResource
from yiwang.exchange.nodes.queries.standing import forget_place, held_directory, held_version
from yiwang.exchange.nodes.rules.directory import LASTS, content_of, peer_of, read_directory
from yiwang.exchange.nodes.rules.resources import Told
from yiwang.platform.environment import environment
from yiwang.trust import api as trust
from yiwang.trust.contracts import SignedStatement

_LOCK = 0x7977_0010


def issue_directory(*, at: datetime) -> SignedStatement:
    """Give the directory in force at the centre."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        nodes = [
            peer_of(
                each.sign_certificate,
                node=each.node,
                organisation=each.organisation,
                address=each.address,
                members=each.members,
                resources=[told for told in _offered(each.node) if told.owner in each.members],
            )
            for each in trust.list_nodes(at=at)
        ]
        content = content_of(
            instance=environment().city,
            version=held_version() + 1,
            services=environment().address(),
            nodes=nodes,
            revoked=trust.revoked_serials(),
            at=at,
        )
        if _is_new(content, at):
            statement = trust.signed_statement(content, at=at)
            NodeDirectory.objects.create(
                version=held_version() + 1,
                content=content,
                signature=statement.signature,
                certificate=statement.certificate,
                received_at=at,
            )
            forget_place()
            return statement
    row = NodeDirectory.objects.get(version=held_version())
    return SignedStatement(
        content=bytes(row.content), signature=bytes(row.signature), certificate=bytes(row.certificate)
    )


def _offered(node: str) -> list[NodeResource]:
    row = NodeResources.objects.filter(node=node).first()
    return [Told.model_validate(each).read() for each in row.resources] if row else []


def _is_new(content: bytes, at: datetime) -> bool:
    try:
        held = held_directory()
    except DirectoryRefused:
        return True
    fresh = read_directory(content)
    same = replace(fresh, version=held.version, issued_at=held.issued_at, expires_at=held.expires_at) == held
    return not same or at + LASTS / 2 > held.expires_at
