"""Questions that pick, on pages that keep nothing between two tries: the list stands in the page itself.

A button asks for the list by what is typed, or of a place to which somebody pointed on the map; another fills
in what was chosen on it. The page comes back with all that was typed, and nothing is judged or sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.http import QueryDict

from yiwang.cases.contracts.picks import Choice, PickList
from yiwang.cases.definitions.form import Form, Page, Question, QuestionKind
from yiwang.cases.definitions.picks import Picks
from yiwang.cases.queries.picks import choices_for, picks_of, with_pick
from yiwang.cases.rules.forms.parsing import as_typed
from yiwang.platform.contracts import Actor, Json
from yiwang.platform.web.controls import DATE_PARTS
from yiwang.registers.api import ListBeside, pick_ground

#: Names of the two buttons; their value is the key of the question.
_FIND, _TAKE = "find-entry", "take-entry"
_LONGEST_SEARCH = 60
_PLACE = re.compile(r"(-?\d{1,3}(?:\.\d{1,16})?),(-?\d{1,2}(?:\.\d{1,16})?)", re.ASCII)


def is_picking(data: QueryDict) -> bool:
    """Whether a button of a list was pressed, so that nothing is to be sent yet."""
    return _FIND in data or _TAKE in data


def filled_from_entry(
    pages: Iterable[Page], data: QueryDict, answers: Mapping[str, Json], *, at: datetime
) -> QueryDict:
    """What was sent, with the entry that was chosen and what it fills in on its page."""
    wanted = data.get(_TAKE, "")
    for page in pages:
        for question in page.questions:
            chosen = data.get(f"{wanted}-entry", "")
            if question.key != wanted or question.picks is None or not chosen:
                continue
            found = with_pick(page, question, chosen, answers, at=at)
            if found is not None:
                return _typed(page, {question.key, *question.picks.fills}, found, data)
    return data


def pick_lists(
    form: Form, data: QueryDict, answers: Mapping[str, Json], *, actor: Actor, at: datetime
) -> dict[str, PickList]:
    """By question, what is picked, the list where it was asked for, and the map that the actor may see.

    Raises:
        TimeLimitReached: the search took too long.
    """
    views = {view.question: view for view in picks_of(form, answers, at=at)}
    lists: dict[str, PickList] = {}
    for _, question in form.questions():
        if question.picks is None:
            continue
        sought = data.get(question.key, "").strip()[:_LONGEST_SEARCH]
        is_wanted = data.get(_FIND) == question.key
        place = place_of(data.get(f"{question.key}-at", "")) if is_wanted else None
        lists[question.key] = PickList(
            question=question.key,
            view=views.get(question.key),
            choices=_found(question.picks, sought, place) if is_wanted else None,
            sought=sought,
            at=place,
            ground=_ground(actor, question.key, question.picks, found=is_wanted),
        )
    return lists


def place_of(said: str) -> tuple[float, float] | None:
    """``longitude,latitude`` in degrees; None for what is no place."""
    found = _PLACE.fullmatch(said)
    if found is None:
        return None
    east, north = (float(part) for part in found.groups())
    return (east, north) if abs(east) <= 180 and abs(north) <= 85 else None


def _found(picks: Picks, text: str, place: tuple[float, float] | None) -> tuple[Choice, ...]:
    return choices_for(picks, text=text) if place is None else choices_for(picks, at=place)


def _ground(actor: Actor, key: str, picks: Picks, *, found: bool) -> str:
    registers = [picks.register_code, *(crossed.register_code for crossed in picks.crosses)]
    beside = ListBeside(rows=f"list-{key}", at=f"{key}-at", button=f"find-{key}", found=found)
    return pick_ground(actor, registers, beside)


def _typed(page: Page, keys: set[str], answers: Mapping[str, Json], data: QueryDict) -> QueryDict:
    """The form with the answers of some questions typed in, and those that have none emptied."""
    copy = data.copy()
    for question in page.questions:
        if question.key not in keys:
            continue
        value = answers.get(question.key)
        for name, said in _fields(question, "" if value is None else as_typed(question, value)):
            copy[name] = said
    return copy


def _fields(question: Question, typed: object) -> Iterable[tuple[str, str]]:
    if question.kind is QuestionKind.ADDRESS:
        return [(f"{question.key}-detail", _detail(typed))]
    if question.kind is QuestionKind.DATE and isinstance(typed, Mapping):
        return [(f"{question.key}-{part}", str(typed.get(part, ""))) for part in DATE_PARTS]
    return [(question.key, str(typed))]


def _detail(typed: object) -> str:
    return str(typed.get("detail", "")) if isinstance(typed, Mapping) else str(typed)
