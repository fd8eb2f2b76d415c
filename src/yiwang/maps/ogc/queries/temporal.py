"""Temporal functions of CQL2 (21-065r2, 7.7) as SQL over the ends of two periods."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql

from yiwang.maps.ogc.rules.properties import Type
from yiwang.maps.ogc.rules.times import ZONE

#: Over a and b with their ends (``s`` and ``e``), both included; Allen's relations as the standard has them.
TEMPORAL = {
    "t_after": "{as_} > {be}",
    "t_before": "{ae} < {bs}",
    "t_contains": "({as_} < {bs} AND {ae} > {be})",
    "t_disjoint": "({ae} < {bs} OR {as_} > {be})",
    "t_during": "({as_} > {bs} AND {ae} < {be})",
    "t_equals": "({as_} = {bs} AND {ae} = {be})",
    "t_finishedBy": "({as_} < {bs} AND {ae} = {be})",
    "t_finishes": "({as_} > {bs} AND {ae} = {be})",
    "t_intersects": "({as_} <= {be} AND {ae} >= {bs})",
    "t_meets": "{ae} = {bs}",
    "t_metBy": "{as_} = {be}",
    "t_overlappedBy": "({as_} > {bs} AND {as_} < {be} AND {ae} > {be})",
    "t_overlaps": "({as_} < {bs} AND {ae} > {bs} AND {ae} < {be})",
    "t_startedBy": "({as_} = {bs} AND {ae} > {be})",
    "t_starts": "({as_} = {bs} AND {ae} < {be})",
}
_End = tuple[sql.Composable, Type] | None


@dataclass(frozen=True, slots=True)
class Period:
    """From and until; None is open."""

    since: _End
    until: _End

    @classmethod
    def of(cls, since: _End, until: _End) -> Period:
        """A period, or twice the same instant."""
        return cls(since, until)

    @property
    def has_moment(self) -> bool:
        """Whether it is finer than days."""
        return any(end is not None and end[1] is Type.MOMENT for end in (self.since, self.until))


def compare_periods(op: str, left: Period, right: Period) -> sql.Composed:
    """One of ``TEMPORAL``: in days where both are, else in moments, a day being all of itself here."""
    finer = left.has_moment or right.has_moment
    return sql.SQL(TEMPORAL[op]).format(
        as_=_end(left.since, finer=finer, last=False),
        ae=_end(left.until, finer=finer, last=True),
        bs=_end(right.since, finer=finer, last=False),
        be=_end(right.until, finer=finer, last=True),
    )


def _end(end: _End, *, finer: bool, last: bool) -> sql.Composable:
    if end is None:
        text = "'infinity'" if last else "'-infinity'"
        return sql.SQL(text + ("::timestamptz" if finer else "::date"))
    if not finer or end[1] is Type.MOMENT:
        return end[0]
    begun = "(({})::timestamp AT TIME ZONE {})"
    if last:
        begun = "((({})::date + 1)::timestamp AT TIME ZONE {} - interval '1 microsecond')"
    return sql.SQL(begun).format(end[0], sql.Literal(ZONE))
