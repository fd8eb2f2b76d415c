"""What an officer finds at a step: answers to the form that it asks; conditions read ``findings``."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.cases.contracts.words import Outcome
from yiwang.cases.queries.matters import code_lists, task_form_of
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.forms.pages import check_answers
from yiwang.cases.rules.process.model import Node
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import Json

#: Steps that end so are done again: nothing was found.
_UNDONE = frozenset({Outcome.SUPPLEMENT, Outcome.RETURN})


def take_findings(work: Work, live: Live, node: Node, outcome: str, said: Mapping[str, Json]) -> None:
    """Judge the findings of a step and keep them with the case; those of an earlier round are replaced.

    Raises:
        InvalidInput: an answer is missing or wrong.
    """
    form = task_form_of(live.type, node.form) if node.form is not None else None
    if form is None or outcome in _UNDONE:
        return
    found, problems = check_answers(
        form, dict(said), lists=code_lists(work.at.astimezone(ZONE).date()), at=work.at
    )
    if problems:
        raise InvalidInput(problems=problems)
    stored = live.data.get("findings")
    before = stored if isinstance(stored, dict) else {}
    asked = {question.key for _, question in form.questions()}
    live.data["findings"] = {**{key: before[key] for key in before.keys() - asked}, **found}
    live.data_changed = True
    work.log(live, "findings_kept", node=node.id, form=form.code)
