"""What the pages of a form do with answers: entries that are picked fill in more, addresses are compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.cases.api import form_of, settle_addresses, with_pick
from yiwang.cases.contracts import AppliedType
from yiwang.cli.simulation.applications import Answers
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control
from yiwang.registers.api import AS_TYPED, PickedAddress, choosing


def with_picked(kind: AppliedType, answers: Answers, *, at: datetime) -> Answers:
    """The answers with what the plan or register behind each picked entry says."""
    form = form_of(kind)
    for page, question in form.questions() if form is not None else ():
        key = answers.get(question.key)
        if question.picks is not None and isinstance(key, str):
            answers = with_pick(page, question, key, answers, at=at) or answers
    return answers


def confirmed_addresses(kind: AppliedType, answers: Mapping[str, Json]) -> dict[str, Json]:
    """Notes of the address answers: of the choices on a page, the one chosen beforehand is taken."""
    form = form_of(kind)
    if form is None:
        return {}
    questions = [question for _, question in form.questions()]
    first = settle_addresses(questions, answers, {})
    picked = {}
    for path, found in first.open.items():
        typed = str(answers.get(path, ""))
        shown = choosing(Control(kind="address", name=path, label=""), typed, found)
        picked[path] = PickedAddress(shown.place or AS_TYPED, typed)
    return settle_addresses(questions, answers, first.notes, picked).notes
