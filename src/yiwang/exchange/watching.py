"""The watch over looks: reads the trace on from where it stopped, hour by hour of each officer.

Work is bounded by what is new: a batch of lines by id, then for each officer and hour among them counts of
that officer's one day by the index of organisation and time. The whole trace is never read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

from django.db import transaction

from yiwang.exchange.models import Finding, OfficerHour, TraceLine, WatchMark
from yiwang.exchange.rules.days import BEIJING
from yiwang.exchange.rules.watch import Hour, remarks
from yiwang.identity.api import account as identity_account
from yiwang.identity.api import find_resident_reference
from yiwang.identity.contracts import AccountUnknown
from yiwang.platform import sql

BATCH = 2_000
#: In one go, so that machines' looks, which are only passed by, don't hold officers' up.
BATCHES = 25
#: Ids are given before commits: lines younger than that may still lack an earlier neighbour.
SETTLED = timedelta(seconds=60)
_PAST = timedelta(days=28)
#: Looks that an officer makes under a grant or an emergency; own duty is another door's matter.
_WATCHED = ("request", "verify", "break_glass")

_DAY: LiteralString = """
WITH day AS (
  SELECT id, at, subject, reference FROM exchange_traceline
  WHERE organisation = %(organisation)s AND at >= %(day)s AND at < %(end)s
    AND account_id = %(account)s AND purpose = %(purpose)s AND kind = ANY(%(kinds)s)
), hour AS (SELECT * FROM day WHERE at >= %(hour)s)
SELECT (SELECT count(*) FROM hour), (SELECT count(DISTINCT subject) FROM hour WHERE subject <> ''),
  (SELECT min(id) FROM hour), (SELECT max(id) FROM hour),
  (SELECT coalesce(max(n), 0) FROM (SELECT count(*) n FROM day WHERE subject <> '' GROUP BY subject) s),
  (SELECT coalesce(max(n), 0) FROM (
     SELECT count(DISTINCT subject) n FROM day WHERE reference <> '' GROUP BY reference) r),
  (SELECT count(*) FROM hour WHERE subject = %(own)s AND subject <> '')
"""
_USUAL: LiteralString = """
SELECT avg(subjects) FILTER (WHERE account_id = %(account)s),
  avg(subjects) FILTER (WHERE account_id <> %(account)s)
FROM exchange_officerhour
WHERE organisation = %(organisation)s AND purpose = %(purpose)s AND hour >= %(since)s AND hour < %(hour)s
"""


@dataclass(frozen=True, slots=True)
class _Slot:
    organisation: str
    account: int
    purpose: str
    hour: datetime


@dataclass(frozen=True, slots=True)
class _Counted:
    hour: Hour
    first: int
    last: int


def watch(at: datetime) -> int:
    """Read what is new, some batches at most; gives how many lines. Two workers never read the same one."""
    read = 0
    for _ in range(BATCHES):
        found = _batch(at)
        read += found
        if found < BATCH:
            break
    return read


def _batch(at: datetime) -> int:
    with transaction.atomic():
        WatchMark.objects.get_or_create(key="trace")
        mark = WatchMark.objects.select_for_update(skip_locked=True).filter(key="trace").first()
        if mark is None:
            return 0
        lines = list(
            TraceLine.objects.filter(pk__gt=mark.last_trace, at__lt=at - SETTLED)
            .order_by("pk")
            .values_list("pk", "at", "organisation", "account_id", "kind", "purpose")[:BATCH]
        )
        slots = {
            _Slot(organisation, account, purpose, _hour(moment)): None
            for _, moment, organisation, account, kind, purpose in lines
            if account is not None and organisation and kind in _WATCHED
        }
        for slot in slots:
            _judge(slot, at=at)
        if lines:
            mark.last_trace = lines[-1][0]
            mark.save(update_fields=["last_trace"])
        return len(lines)


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING).replace(minute=0, second=0, microsecond=0)


def _judge(slot: _Slot, *, at: datetime) -> None:
    counted = _counted(slot, at=at)
    OfficerHour.objects.update_or_create(
        account_id=slot.account,
        organisation=slot.organisation,
        purpose=slot.purpose,
        hour=slot.hour,
        defaults={"looks": counted.hour.looks, "subjects": counted.hour.subjects},
    )
    day = slot.hour.replace(hour=0)
    for remark in remarks(counted.hour):
        daily = remark.rule in {"same_subject", "one_reference"}
        row, made = Finding.objects.get_or_create(
            rule=remark.rule,
            account_id=slot.account,
            organisation=slot.organisation,
            purpose=slot.purpose,
            since=day if daily else slot.hour,
            defaults={
                "figures": remark.figures,
                "first_trace": counted.first,
                "last_trace": counted.last,
                "found_at": at,
            },
        )
        if not made and row.decided_at is None:
            row.figures, row.last_trace = remark.figures, max(row.last_trace, counted.last)
            row.save(update_fields=["figures", "last_trace"])


def _counted(slot: _Slot, *, at: datetime) -> _Counted:
    common: dict[str, object] = {
        "organisation": slot.organisation,
        "account": slot.account,
        "purpose": slot.purpose,
        "hour": slot.hour,
        "day": slot.hour.replace(hour=0),
        "end": slot.hour + timedelta(hours=1),
        "since": slot.hour - _PAST,
        "kinds": list(_WATCHED),
        "own": _own_reference(slot.account, at),
    }
    [(looks, subjects, first, last, of_one, of_reference, of_self)] = sql.fetch(_DAY, common)
    [(usual_own, usual_peers)] = sql.fetch(_USUAL, common)
    hour = Hour(
        start=slot.hour,
        looks=_whole(looks),
        subjects=_whole(subjects),
        usual_own=None if usual_own is None else float(str(usual_own)),
        usual_peers=None if usual_peers is None else float(str(usual_peers)),
        most_of_one=_whole(of_one),
        most_of_reference=_whole(of_reference),
        of_oneself=_whole(of_self),
    )
    return _Counted(hour, _whole(first), _whole(last))


def _whole(found: object) -> int:
    return found if isinstance(found, int) else 0


def _own_reference(account: int, at: datetime) -> str:
    """The blind reference of the officer as a person; empty when none is known."""
    try:
        person = identity_account(account, at=at).person
    except AccountUnknown:
        return ""
    blind = find_resident_reference(person.id) if person is not None else ""
    return f"person:{blind}" if blind else ""
