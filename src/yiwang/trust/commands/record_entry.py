"""Write evidence of an act, in the act's own transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from yiwang.platform import sql
from yiwang.platform.contracts import Json
from yiwang.trust.contracts import LeafId, RecordedOutsideTransaction
from yiwang.trust.rules import content as rules
from yiwang.trust.rules.merkle import leaf_hash

_KIND = re.compile(r"[a-z][a-z0-9_.]{0,59}")
_SUBJECT = re.compile(r"[!-~]{1,120}")  # identifiers such as case:12; a name of a person is no identifier


_INSERT = """
INSERT INTO trust_ledgerleaf (kind, subject, salt, committed, recorded_at, leaf_hash)
VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
"""


def record_entry(kind: str, subject: str, content: Mapping[str, Json], *, at: datetime) -> LeafId:
    """Commit to the content in the ledger: one INSERT, no lock; the sequencer gives the place later."""
    if not connection.in_atomic_block:
        raise RecordedOutsideTransaction
    if not _KIND.fullmatch(kind) or not _SUBJECT.fullmatch(subject):
        raise ValueError("kind and subject of evidence are identifiers")
    salt = secrets.token_bytes(16)
    committed = rules.content_hash(salt, content)
    entry = rules.leaf_entry(kind=kind, subject=subject, committed=committed, at=at)
    return LeafId(sql.fetch_number(_INSERT, [kind, subject, salt, committed, at, leaf_hash(entry)]))
