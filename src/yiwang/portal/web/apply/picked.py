"""What a page does with an entry that was picked: fill in what is blank, show conflicts before going on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from yiwang.cases.api import PageResult, picks_of, walk, with_pick
from yiwang.cases.contracts import PickView
from yiwang.platform.contracts import Json
from yiwang.portal.queries.application import Application


def picks_in(opened: Application, keys: Collection[str] | None = None) -> dict[str, PickView]:
    """Questions that pick, by key; ``keys`` takes those of a page only."""
    found = picks_of(opened.form, opened.answers, at=opened.at, surroundings=opened.surroundings)
    return {view.question: view for view in found if keys is None or view.question in keys}


def filled_where_blank(opened: Application, key: str, result: PageResult) -> PageResult:
    """Who types the key of another entry has blanks of the page filled in; what he typed beside it stays."""
    page = opened.form.page(key)
    answers: dict[str, Json] = dict(result.answers)
    for question in page.questions:
        typed = answers.get(question.key)
        if question.picks is None or typed in (None, opened.answers.get(question.key)):
            continue
        found = with_pick(page, question, str(typed), answers, at=opened.at)
        blank = {target for target in question.picks.fills if answers.get(target) is None}
        answers |= {name: value for name, value in (found or {}).items() if name in blank}
    filled = answers.keys() - result.answers.keys()
    if not filled:
        return result
    return replace(
        result,
        answers=answers,
        problems=tuple(each for each in result.problems if each.path not in filled),
        walk=walk(opened.form, answers, surroundings=opened.surroundings, at=opened.at),
    )


def has_new_warnings(before: Application, after: Mapping[str, PickView]) -> bool:
    """Whether there are conflicts that were not there, so that they are shown once before going on."""
    if not any(view.warnings for view in after.values()):
        return False
    known = {warning for view in picks_in(before).values() for warning in view.warnings}
    return any(warning not in known for view in after.values() for warning in view.warnings)
