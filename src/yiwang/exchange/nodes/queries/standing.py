"""Where this node stands: who it is, which directory holds, whether evidence can be made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError

from yiwang.exchange.models import NodeDirectory, NodeIdentity
from yiwang.exchange.nodes.contracts import Directory, DirectoryRefused, EvidenceImpossible, NotEnrolled
from yiwang.exchange.nodes.rules.directory import peer_of, read_directory, refuse_expired
from yiwang.exchange.nodes.rules.signatures import Signer
from yiwang.kernel.memory import Memory
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.environment import environment
from yiwang.trust import api as trust

#: How long messages may wait for their time stamp; X-Road allows four hours by default as well.
STAMP_LIMIT = timedelta(hours=4)

#: How long a process trusts what it knows of their age, which is counted in hours; and of where it stands:
#: a new directory, which comes by the minute, counts for every process so much later.
_AGE_KNOWN, _PLACE_KNOWN = timedelta(seconds=5), timedelta(seconds=1)
_STANDING = """
SELECT i.id, i.sign_fingerprint, (SELECT max(version) FROM exchange_nodedirectory)
FROM exchange_nodeidentity i WHERE i.node = %s AND i.sign_certificate IS NOT NULL
"""
# Not in every message's question: planned while the log was short, it would read the whole log from then on.
_OLDEST = """
SELECT least((SELECT at FROM exchange_nodemessage WHERE batch_id IS NULL ORDER BY at LIMIT 1),
             (SELECT made_at FROM exchange_nodebatch WHERE token IS NULL ORDER BY made_at LIMIT 1))
"""


#: When it was asked, and what came: by node, the key of its row, its signing key and the directory's version.
_ages: Memory[str, tuple[datetime, datetime | None]] = Memory(1)
_places: Memory[str, tuple[datetime, tuple[int, str, int]]] = Memory(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """This node: its name, where others reach it, its signing key."""

    node: str
    address: str
    members: tuple[str, ...]
    serial: str
    signer: Signer
    root: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one message needs to know."""

    identity: Identity
    directory: Directory
    oldest_unstamped: datetime | None


def own_node() -> str:
    """The code of this installation as a node; empty when it is none."""
    return environment().node


def standing(*, node: str, at: datetime) -> Standing:
    """Give it.

    Raises:
        NotEnrolled: no certificate or no directory yet.
        DirectoryRefused: the directory held has expired.
        EvidenceImpossible: the database does not answer.
    """
    try:
        key, fingerprint, version = _place(node, at)
        oldest = _oldest_unstamped(at)
    except DatabaseError:
        raise log_not_writable() from None
    directory = _directory(version)
    refuse_expired(directory, at=at)
    return Standing(
        identity=_identity(key, fingerprint),
        directory=directory,
        oldest_unstamped=oldest,
    )


def log_not_writable() -> EvidenceImpossible:
    """What is said when the database does not take a message."""
    return EvidenceImpossible(reason=Text("报文日志不可写", "the log of messages cannot be written"))


def _place(node: str, at: datetime) -> tuple[int, str, int]:
    known = _places.get(node)
    if known is None or not timedelta(0) <= at - known[0] < _PLACE_KNOWN:
        match sql.fetch(_STANDING, [node]):
            case [(int() as key, fingerprint, int() as version)]:
                known = _places.keep(node, (at, (key, str(fingerprint), version)))
            case _:
                raise NotEnrolled
    return known[1]


def _oldest_unstamped(at: datetime) -> datetime | None:
    known = _ages.get("asked")
    # once they are stamped the exchange goes on at once, so what stops it is never remembered
    if known is None or not timedelta(0) <= at - known[0] < _AGE_KNOWN or _is_overdue(known[1], at):
        [(oldest,)] = sql.fetch(_OLDEST)
        known = _ages.keep("asked", (at, oldest if isinstance(oldest, datetime) else None))
    return known[1]


def refuse_without_evidence(found: Standing, *, at: datetime) -> None:
    """Stop the exchange when time stamps are overdue.

    Raises:
        EvidenceImpossible
    """
    if _is_overdue(found.oldest_unstamped, at):
        raise EvidenceImpossible(
            reason=Text("时间戳逾期未取得", "time stamps of earlier messages are overdue")
        )


def _is_overdue(oldest: datetime | None, at: datetime) -> bool:
    return oldest is not None and at - oldest > STAMP_LIMIT


def get_identity() -> NodeIdentity:
    """Give this installation's row as a node.

    Raises:
        NotEnrolled
    """
    row = NodeIdentity.objects.filter(node=own_node()).first()
    if row is None:
        raise NotEnrolled
    return row


def is_enrolled() -> bool:
    """Whether the authority has certified this node."""
    return NodeIdentity.objects.filter(node=own_node()).exclude(sign_certificate=None).exists()


def own_address() -> str:
    """Where other nodes reach this one, as its certificate was ordered."""
    chosen = environment()
    return f"https://{chosen.host}:{chosen.node_port}"


def held_version() -> int:
    """The version of the directory held; 0 for none."""
    return NodeDirectory.objects.order_by("-version").values_list("version", flat=True).first() or 0


def held_directory() -> Directory:
    """Give the directory held, expired or not.

    Raises:
        DirectoryRefused: there is none.
    """
    version = held_version()
    if not version:
        raise DirectoryRefused(reason=Text("尚未取得", "there is none yet"))
    return _directory(version)


@lru_cache(maxsize=4)
def _directory(version: int) -> Directory:
    """A stored directory was checked when it came and never changes."""
    return read_directory(bytes(NodeDirectory.objects.get(version=version).content))


@lru_cache(maxsize=8)
def _identity(key: int, fingerprint: str) -> Identity:
    row = NodeIdentity.objects.get(pk=key)
    members = tuple(str(code) for code in row.members)
    own = peer_of(
        bytes(row.sign_certificate or b""),
        node=row.node,
        organisation=row.organisation,
        address=row.address,
        members=members,
    )
    private = trust.private_key(fingerprint)
    if not isinstance(private, Ed25519PrivateKey):
        raise NotEnrolled
    return Identity(
        node=row.node,
        address=row.address,
        members=members,
        serial=own.serial,
        signer=Signer(keyid=own.serial, sign=private.sign),
        root=bytes(row.root),
    )


def forget_place() -> None:
    """Read at the next message where this node stands: a directory or a certificate has come."""
    _places.clear()


def forget_cached() -> None:
    """Forget what was read before: identity, directories and ages of another database (tests)."""
    forget_place()
    _ages.forget("asked")
    _directory.cache_clear()
    _identity.cache_clear()
