"""Looks at many at once: one trace line, and marks by which each person concerned finds it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import LiteralString

from django.db import connection
from django.db.models import F

from yiwang.exchange.contracts import LookKind, Purpose, QuotaExhausted
from yiwang.exchange.looking import Look, write_trace
from yiwang.exchange.models import BatchSubjects, GrantDay, TraceLine
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.rules.quotas import share_of, slots_of
from yiwang.platform import sql
from yiwang.platform.contracts import Actor

#: Bytes of a mark: of ten million people no two have the same.
MARK = 16


def mark_of(subject: str) -> bytes:
    """The mark of a blind reference, which tells even less than the reference."""
    return hashlib.sha256(subject.encode()).digest()[:MARK]


def write_batch_trace(
    *,
    actor: Actor,
    organisation: str,
    resource: str,
    fields: Sequence[str],
    purpose: Purpose,
    grant: int | None,
    size: int,
    marks: Iterable[bytes],
    at: datetime,
    kind: LookKind = LookKind.EXPORT,
) -> int:
    """Write the trace line of a look at many, and the marks of everybody in it, in the current transaction.

    Raises:
        PurposeRefused: see ``write_trace``.
    """
    trace = write_trace(
        actor=actor,
        organisation=organisation,
        kind=kind,
        subject="",
        resource=resource,
        fields=fields,
        purpose=purpose,
        grant=grant,
        size=size,
        at=at,
    )
    _keep_marks(trace, marks)
    return trace


def close_batch_look(
    look: Look,
    *,
    size: int,
    marks: Iterable[bytes],
    asked: int | None = None,
    kind: LookKind = LookKind.EXPORT,
) -> int:
    """The end of a look at many under a grant: each entry counts against the day's quota.

    ``asked`` counts instead of the entries given, where keys were asked for that have none.

    Raises:
        QuotaExhausted: more entries than are left today; the caller's transaction ends with it.
    """
    used = size if asked is None else asked
    if look.grant is not None and used > 1:
        charge(look.grant.id, used - 1, look.grant.quota_per_day, look.at)
    return write_batch_trace(
        actor=look.actor,
        organisation=look.organisation,
        resource=look.resource.code,
        fields=look.fields,
        purpose=look.purpose,
        grant=look.grant.id if look.grant else None,
        size=size,
        marks=marks,
        at=look.at,
        kind=kind,
    )


_TAKE: LiteralString = """
INSERT INTO exchange_grantday AS d (grant_id, day, slot, used) VALUES (%(grant)s, %(day)s, %(slot)s, 0)
ON CONFLICT (grant_id, day, slot) DO UPDATE SET used = d.used RETURNING used
"""


def charge(grant: int, more: int, quota: int | None, at: datetime) -> None:
    """Opening the look has used one already; the rest is taken from the shares as far as they go.

    Each share is locked before it is read, also one that nobody has used yet: what a look at the same time
    counts there would be overwritten.
    """
    day = civil_day(at)
    for slot in range(slots_of(quota)):
        share = share_of(quota, slot)
        [(used,)] = sql.fetch(_TAKE, {"grant": grant, "day": day, "slot": slot})
        taken = more if share is None else min(more, max(share - int(str(used)), 0))
        GrantDay.objects.filter(grant_id=grant, day=day, slot=slot).update(used=F("used") + taken)
        more -= taken
        if not more:
            return
    raise QuotaExhausted(quota=quota or 0)


def _keep_marks(trace: int, marks: Iterable[bytes]) -> None:
    """Sorted into buckets by the database, so that no more than a row is held here."""
    name = f"marks_{trace}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {name} (mark bytea) ON COMMIT DROP")
        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for mark in marks:
                copy.write_row((mark,))
        cursor.execute(
            f"INSERT INTO {BatchSubjects._meta.db_table} (trace_id, bucket, marks) "
            "SELECT %s, get_byte(mark, 0) * 16 + get_byte(mark, 1) / 16 AS bucket, string_agg(mark, '') "
            f"FROM (SELECT DISTINCT mark FROM {name}) m GROUP BY bucket",
            [trace],
        )
        cursor.execute(f"DROP TABLE {name}")


def batch_traces(subjects: Iterable[str]) -> list[int]:
    """Trace lines of looks at many in which one of these was."""
    found: list[int] = []
    for subject in subjects:
        mark = mark_of(subject)
        bucket = mark[0] * 16 + mark[1] // 16
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT trace_id FROM {BatchSubjects._meta.db_table} "
                "WHERE bucket = %s AND position(%s::bytea IN marks) %% 16 = 1",
                [bucket, mark],
            )
            found += [trace for (trace,) in cursor.fetchall()]
    return found


def count_concerned(trace: int) -> int:
    """How many people and firms a look at many concerned."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(sum(length(marks)) / {MARK}, 0) FROM {BatchSubjects._meta.db_table} b "
            f"JOIN {TraceLine._meta.db_table} t ON t.id = b.trace_id WHERE t.id = %s",
            [trace],
        )
        [number] = cursor.fetchone()
    return int(number)
