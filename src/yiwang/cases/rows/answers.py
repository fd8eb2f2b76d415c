"""Answers checked by the form that was applied with the case type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.queries.matters import code_lists, form_of
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.rules.forms.pages import check_answers
from yiwang.kernel.errors import FieldProblem
from yiwang.platform.contracts import Json


def judged_answers(
    kind: AppliedType, answers: Mapping[str, Json], *, applicant: Mapping[str, object], at: datetime
) -> tuple[Mapping[str, Json], tuple[FieldProblem, ...]]:
    """Give the answers that count, without those of hidden questions, and everything wrong with them."""
    form = form_of(kind)
    if form is None:
        return answers, ()
    return check_answers(
        form,
        dict(answers),
        lists=code_lists(at.astimezone(ZONE).date()),
        surroundings={"applicant": applicant},
        at=at,
    )
