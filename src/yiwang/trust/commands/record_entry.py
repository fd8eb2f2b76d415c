"""Write evidence of an act, in the act's own transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import LiteralString

from django.db import connection

from yiwang.platform import sql
from yiwang.platform.contracts import Json
from yiwang.trust.contracts import LeafId, RecordedOutsideTransaction
from yiwang.trust.rules import content as rules
from yiwang.trust.rules.merkle import leaf_hash

_KIND = re.compile(r"[a-z][a-z0-9_.]{0,59}")
_SUBJECT = re.compile(r"[!-~]{1,120}")  # identifiers such as case:12; a name of a person is no identifier


_INSERT: LiteralString = """
INSERT INTO trust_ledgerleaf (kind, subject, salt, committed, recorded_at, leaf_hash)
VALUES (%(ledger_leaf_kind)s, %(ledger_leaf_subject)s, %(ledger_leaf_salt)s, %(ledger_leaf_committed)s,
  %(ledger_leaf_at)s, %(ledger_leaf_hash)s) RETURNING id
"""

#: The same for content that the caller's statement makes: ``ledger_content (subject text, content text)``.
#: ``leaf_entry`` in SQL; a subject is an identifier without quotes or backslashes there.
COMPUTED_LEAF: LiteralString = """
INSERT INTO trust_ledgerleaf (kind, subject, salt, committed, recorded_at, leaf_hash)
SELECT %(computed_leaf_kind)s::text, e.subject, %(computed_leaf_salt)s::bytea, c.committed,
  %(computed_leaf_at)s::timestamptz,
  sha256(decode('00', 'hex') || convert_to('{"at":"' || %(computed_leaf_stamp)s::text || '","content":"'
    || encode(c.committed, 'hex') || '","kind":"' || %(computed_leaf_kind)s::text || '","subject":"'
    || e.subject || '"}', 'UTF8'))
FROM ledger_content e,
  LATERAL (SELECT sha256(%(computed_leaf_salt)s::bytea || convert_to(e.content, 'UTF8')) AS committed) c
RETURNING id
"""


def record_entry(kind: str, subject: str, content: Mapping[str, Json], *, at: datetime) -> LeafId:
    """Commit to the content in the ledger: one INSERT, no lock; the sequencer gives the place later."""
    if not connection.in_atomic_block:
        raise RecordedOutsideTransaction
    part = entry_part(kind, subject, content, at=at)
    return LeafId(sql.fetch_number(_INSERT, part.params))


def entry_part(kind: str, subject: str, content: Mapping[str, Json], *, at: datetime) -> sql.Part:
    """The same as a part of the caller's statement, which is what it stands and falls with; its other parts
    read ``id`` from ``ledger_leaf``."""
    if not _KIND.fullmatch(kind) or not _SUBJECT.fullmatch(subject):
        raise ValueError("kind and subject of evidence are identifiers")
    salt = secrets.token_bytes(16)
    committed = rules.content_hash(salt, content)
    entry = rules.leaf_entry(kind=kind, subject=subject, committed=committed, at=at)
    return sql.Part(
        "ledger_leaf",
        _INSERT,
        {
            "ledger_leaf_kind": kind,
            "ledger_leaf_subject": subject,
            "ledger_leaf_salt": salt,
            "ledger_leaf_committed": committed,
            "ledger_leaf_at": at,
            "ledger_leaf_hash": leaf_hash(entry),
        },
    )


def computed_params(kind: str, *, at: datetime) -> dict[str, object]:
    """What :data:`COMPUTED_LEAF` takes.

    The content that the statement makes is canonical JSON as ``rules.canonical_json`` spells it, around a
    number that only the statement knows; whoever calls tests that both spellings are one.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError("the kind of evidence is an identifier")
    return {
        "computed_leaf_kind": kind,
        "computed_leaf_salt": secrets.token_bytes(16),
        "computed_leaf_at": at,
        "computed_leaf_stamp": at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
