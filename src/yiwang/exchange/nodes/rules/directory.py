"""The directory of nodes: what the centre signs and what a node makes of it."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yiwang.exchange.nodes.contracts import (
    Directory,
    DirectoryRefused,
    Fault,
    MessageRefused,
    NodeResource,
    Peer,
)
from yiwang.exchange.nodes.rules.resources import Told, written
from yiwang.kernel.text import Text

#: Nodes go on for so long when the centre is down; a revocation is known a minute after it, when it is up.
LASTS = timedelta(days=2)
_FALSE = DirectoryRefused(reason=Text("不是城市签发的", "the city's authority did not sign it"))


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    node: str
    organisation: str
    address: str
    members: list[str]
    certificate: str
    resources: list[Told] = Field(default_factory=list)


class _Content(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    instance: str
    version: int
    issued_at: str
    expires_at: str
    time_url: str
    ocsp_url: str
    nodes: list[_Node]
    revoked: list[str]


def content_of(
    *, instance: str, version: int, services: str, nodes: Sequence[Peer], revoked: Sequence[str], at: datetime
) -> bytes:
    """Give the bytes to sign; ``services`` is the address of the authority's services."""
    body = {
        "instance": instance,
        "version": version,
        "issued_at": at.isoformat(),
        "expires_at": (at + LASTS).isoformat(),
        "time_url": f"{services}/trust/time",
        "ocsp_url": f"{services}/trust/ocsp",
        "nodes": [
            {
                "node": each.node,
                "organisation": each.organisation,
                "address": each.address,
                "members": list(each.members),
                "certificate": b64encode(each.sign_certificate).decode(),
                "resources": written(each.resources),
            }
            for each in nodes
        ],
        "revoked": sorted(revoked),
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True).encode()


def peer_of(
    certificate: bytes,
    *,
    node: str,
    organisation: str,
    address: str,
    members: Sequence[str],
    resources: Sequence[NodeResource] = (),
) -> Peer:
    """Read a node's certificate.

    Raises:
        ValueError: it certifies no Ed25519 key.
    """
    read = x509.load_der_x509_certificate(certificate)
    key = read.public_key()
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not a signing certificate")  # noqa: TRY004 - of the content, not of the argument
    return Peer(
        node=node,
        organisation=organisation,
        address=address,
        members=tuple(members),
        sign_certificate=certificate,
        serial=f"{read.serial_number:x}",
        key=key.public_bytes_raw(),
        valid_from=read.not_valid_before_utc,
        valid_until=read.not_valid_after_utc,
        resources=tuple(resources),
    )


def read_directory(content: bytes) -> Directory:
    """Read what was signed; who signed it was checked before.

    Raises:
        DirectoryRefused
    """
    try:
        body = _Content.model_validate_json(content)
        return Directory(
            instance=body.instance,
            version=body.version,
            issued_at=datetime.fromisoformat(body.issued_at),
            expires_at=datetime.fromisoformat(body.expires_at),
            time_url=body.time_url,
            ocsp_url=body.ocsp_url,
            peers=tuple(
                peer_of(
                    b64decode(each.certificate, validate=True),
                    node=each.node,
                    organisation=each.organisation,
                    address=each.address,
                    members=each.members,
                    resources=[told.read() for told in each.resources],
                )
                for each in body.nodes
            ),
            revoked=frozenset(body.revoked),
        )
    except (ValidationError, ValueError):
        raise _FALSE from None


def refuse_unusable(directory: Directory, *, held: int, instance: str, at: datetime) -> None:
    """Refuse an expired one, one of another city, and one older than the one held (rolled back).

    Raises:
        DirectoryRefused
    """
    if directory.instance != instance:
        raise DirectoryRefused(reason=Text("属于另一城市", "it is another city's"))
    if directory.version < held:
        reason = Text("比现有目录旧", "it is older than the one held")
        raise DirectoryRefused(reason=reason)
    refuse_expired(directory, at=at)


def refuse_expired(directory: Directory, *, at: datetime) -> None:
    """Refuse a directory whose time is over.

    Raises:
        DirectoryRefused
    """
    if at >= directory.expires_at:
        raise DirectoryRefused(reason=Text("已过期", "it has expired"))


def signer_of(directory: Directory, keyid: str, *, at: datetime) -> Peer:
    """Give the node whose signing certificate has this serial number and counts.

    Raises:
        MessageRefused: unknown, revoked or out of time.
    """
    if keyid in directory.revoked:
        raise MessageRefused(fault=Fault.CERTIFICATE_REVOKED)
    for peer in directory.peers:
        if peer.serial == keyid:
            if not peer.valid_from <= at <= peer.valid_until:
                raise MessageRefused(fault=Fault.CERTIFICATE_OUT_OF_TIME)
            return peer
    raise MessageRefused(fault=Fault.UNKNOWN_KEY)
