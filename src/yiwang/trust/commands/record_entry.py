"""Write evidence of an act, in the act's own transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from yiwang.platform.contracts import Json
from yiwang.trust.contracts import LeafId, RecordedOutsideTransaction
from yiwang.trust.models import LedgerLeaf
from yiwang.trust.rules import content as rules
from yiwang.trust.rules.merkle import leaf_hash

_KIND = re.compile(r"[a-z][a-z0-9_.]{0,59}")
_SUBJECT = re.compile(r"[!-~]{1,120}")  # identifiers such as case:12; a name of a person is no identifier


def record_entry(kind: str, subject: str, content: Mapping[str, Json], *, at: datetime) -> LeafId:
    """Commit to the content in the ledger: one INSERT, no lock; the sequencer gives the place later."""
    if not connection.in_atomic_block:
        raise RecordedOutsideTransaction
    if not _KIND.fullmatch(kind) or not _SUBJECT.fullmatch(subject):
        raise ValueError("kind and subject of evidence are identifiers")
    salt = secrets.token_bytes(16)
    committed = rules.content_hash(salt, content)
    entry = rules.leaf_entry(kind=kind, subject=subject, committed=committed, at=at)
    leaf = LedgerLeaf(
        kind=kind, subject=subject, salt=salt, committed=committed, recorded_at=at, leaf_hash=leaf_hash(entry)
    )
    leaf.save(force_insert=True)
    return LeafId(leaf.pk)
