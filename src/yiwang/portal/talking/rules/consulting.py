"""Drafts put out for comment: their sections, how long they stay out, and a report that balances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yiwang.kernel.text import Text


class DraftKind(StrEnum):
    """What is drafted; the law says how long each is out at least."""

    RULE = "rule"
    NORMATIVE = "normative"
    OTHER = "other"


KIND_TEXTS = {
    DraftKind.RULE: Text("政府规章草案", "Draft government rule"),
    DraftKind.NORMATIVE: Text("规范性文件草案", "Draft normative document"),
    DraftKind.OTHER: Text("其他草案", "Other draft"),
}
#: Least calendar days of comment. 规章制定程序条例 gives thirty for a rule, 国办发〔2018〕37号 seven working
#: days for a normative document (both unchecked), which fifteen days hold beside a holiday week.
LEAST_DAYS = {DraftKind.RULE: 30, DraftKind.NORMATIVE: 15, DraftKind.OTHER: 1}


class Outcome(StrEnum):
    """What became of a comment."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"


OUTCOME_TEXTS = {
    Outcome.ADOPTED: Text("采纳", "Adopted"),
    Outcome.PARTLY: Text("部分采纳", "Partly adopted"),
    Outcome.NOT_ADOPTED: Text("未采纳", "Not adopted"),
}
MOST_SECTIONS = 200
_HEAD = "# "


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of a draft."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The comments of a report: every one is answered in one of three ways."""

    comments: int
    adopted: int
    partly: int
    not_adopted: int

    @property
    def unanswered(self) -> int:
        """Comments on which nothing was said yet; a report has none."""
        return self.comments - self.adopted - self.partly - self.not_adopted


def parts_of(text: str) -> tuple[Part, ...]:
    """The sections of a draft: each begins with a line ``# heading``; what stands before has no heading."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith(_HEAD) and line[len(_HEAD) :].strip():
            found.append((line[len(_HEAD) :].strip(), []))
        else:
            found[-1][1].append(line)
    parts = [Part(title=title, text="\n".join(lines).strip()) for title, lines in found]
    return tuple(part for part in parts if part.title or part.text)


def written(parts: Iterable[Part]) -> str:
    """The text from which ``parts_of`` reads these sections."""
    return "\n".join(
        f"{_HEAD}{part.title}\n{part.text}\n" if part.title else f"{part.text}\n" for part in parts
    )


def last_day_at_least(kind: DraftKind, opens_on: date) -> date:
    """The earliest day on which comments may end; the first day counts."""
    return opens_on + timedelta(days=LEAST_DAYS[kind] - 1)


def is_open(*, opens_on: date, closes_on: date, today: date) -> bool:
    """Whether people may comment on a day; both ends count."""
    return opens_on <= today <= closes_on


def balance_of(outcomes: Iterable[str]) -> Balance:
    """Count comments by what became of them; an empty outcome is one that waits."""
    listed = list(outcomes)
    return Balance(
        comments=len(listed),
        adopted=listed.count(Outcome.ADOPTED),
        partly=listed.count(Outcome.PARTLY),
        not_adopted=listed.count(Outcome.NOT_ADOPTED),
    )
