"""The yearly report of a site from known things: each figure, and the things behind it. Pure.

A figure is counted by ``yearly_figures`` over all things; what is behind it are the things that would count
towards it if they were alone. So no figure can differ from its rows, except the mean, which is no sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.portal.publishing.definitions import ColumnKind
from yiwang.portal.publishing.rules.yearly_records import (
    Consultation,
    Explanation,
    PageGroup,
    PageOut,
    ServiceCase,
    SiteLetter,
    SiteRecords,
    TopicPage,
)
from yiwang.portal.publishing.rules.yearly_report import REPORT_ROWS, yearly_figures

Record = PageOut | TopicPage | Explanation | ServiceCase | SiteLetter | Consultation
#: Nothing of this installation counts these; who knows them gives them.
NOT_COUNTED = frozenset(
    {
        "visitors", "views", "replies", "interviews", "questions", "questions_answered",
        "checks", "problems", "problems_repaired",
    }
)  # fmt: skip
MEAN = "letters_tenths_of_days"
_GROUPS = {
    ColumnKind.NEWS: PageGroup.NEWS,
    ColumnKind.STANDING: PageGroup.OVERVIEW,
    ColumnKind.NOTICES: PageGroup.CATALOGUE,
    ColumnKind.PLANS: PageGroup.CATALOGUE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A thing that happened: its record, its name, and where it can be seen."""

    record: Record
    title: Text
    href: str = ""
    note: str = ""


def group_of(kind: ColumnKind) -> PageGroup:
    """Under what a page of a column counts."""
    return _GROUPS.get(kind, PageGroup.OTHER)


def figures_of(known: Iterable[Known], year: int) -> dict[str, int]:
    """The figures that are counted here, by key in the report's order."""
    found = yearly_figures(records_of(known), year)
    return {key: found[key] for key in REPORT_ROWS if key not in NOT_COUNTED}


def rows_behind(known: Iterable[Known], key: str, year: int) -> tuple[tuple[Known, int], ...]:
    """The things behind a figure, each with what it adds; behind the mean are the letters closed."""
    counted = "letters_closed" if key == MEAN else key
    alone = ((one, yearly_figures(records_of((one,)), year)[counted]) for one in known)
    return tuple((one, adds) for one, adds in alone if adds)


def records_of(known: Iterable[Known]) -> SiteRecords:
    """The plain records of things."""
    records = [one.record for one in known]
    return SiteRecords(
        pages=tuple(one for one in records if isinstance(one, PageOut)),
        topics=tuple(one for one in records if isinstance(one, TopicPage)),
        explanations=tuple(one for one in records if isinstance(one, Explanation)),
        cases=tuple(one for one in records if isinstance(one, ServiceCase)),
        letters=tuple(one for one in records if isinstance(one, SiteLetter)),
        consultations=tuple(one for one in records if isinstance(one, Consultation)),
    )


def whole(counted: Mapping[str, int], given: Mapping[str, int]) -> dict[str, int]:
    """Counted figures with those that somebody gave; nobody can give what is counted."""
    return dict(counted) | {key: value for key, value in given.items() if key in NOT_COUNTED}
