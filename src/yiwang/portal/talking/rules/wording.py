"""What people and officers write here, judged: there, not too long, from a day to a later one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text

_EMPTY = Text("请填写此项", "Please fill this in")
_LONG = Text("最多{most}个字", "At most {most} characters")
_BACKWARDS = Text("截止日不能早于开始日", "It cannot end before it begins")


def refuse(path: str, text: Text) -> FieldProblem:
    """A problem at a field."""
    return FieldProblem(path=path, text=text)


def judged_text(path: str, said: str, most: int) -> list[FieldProblem]:
    """What is wrong with a text that must be there."""
    if not said.strip():
        return [refuse(path, _EMPTY)]
    return [refuse(path, _LONG.fill(most=most))] if len(said) > most else []


def judged_days(opens_on: date, closes_on: date) -> list[FieldProblem]:
    """What is wrong with a period."""
    return [refuse("closes_on", _BACKWARDS)] if closes_on < opens_on else []


def raise_all(problems: Iterable[FieldProblem]) -> None:
    """Refuse with every problem, if there is any."""
    found = tuple(problems)
    if found:
        raise InvalidInput(problems=found)
