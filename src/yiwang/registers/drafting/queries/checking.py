"""What a draft would come to: checked as a pack's file is, against everything that is applied."""

from __future__ import annotations

import json
from collections.abc import Iterator

from yiwang.identity.api import find_organisation
from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS, as_known, mentioning, plan_of_one, read_drawn
from yiwang.packs.contracts import Definition
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.drafting.contracts import Aim, Checked
from yiwang.registers.drafting.queries.drafts import KIND
from yiwang.registers.kinds import named_in


def check_draft(*, code: str, owner: str, aim: Aim, text: str) -> Checked:
    """Every problem of a draft, or the change that publishing it is."""
    if aim == "retire":
        problems = tuple(_elsewhere(code, None))
        plan = plan_of_one(KIND, code, None)
        change = plan.changes[0] if plan.changes and not problems else None
        return Checked(definition=None, problems=problems, change=change)
    found, read = read_drawn(KIND, code, text)
    if found is None:
        return Checked(definition=None, problems=tuple(read), change=None)
    model = RegisterDefinition.model_validate_json(json.dumps(found.content))
    problems = (*read, *_of_owner(found, model, owner), *_across(found))
    if problems:
        return Checked(definition=model, problems=problems, change=None)
    try:
        plan = plan_of_one(KIND, code, found)
    except DefinitionRefused as refused:
        return Checked(definition=model, problems=refused.problems, change=None)
    return Checked(definition=model, problems=(), change=plan.changes[0] if plan.changes else None)


def _of_owner(found: Definition, model: RegisterDefinition, owner: str) -> Iterator[DefinitionProblem]:
    """A draft stays its organisation's, and the sources are organisations of the city."""
    if model.owner != owner:
        reason = Text(f"主管机构应为“{owner}”", f"the owner is {owner!r}")
        yield found.source.problem(("owner",), reason)
    for named in named_in(found):
        if named.code != owner and find_organisation(named.code) is None:
            reason = Text(f"城市没有机构“{named.code}”", f"the city has no organisation {named.code!r}")
            yield DefinitionProblem(named.place.file, named.place.line, named.place.path, reason)


def _across(found: Definition) -> Iterator[DefinitionProblem]:
    known = as_known(KIND).with_change(KIND, found.code, found)
    yield from KINDS.get(KIND).check(found, known)
    yield from _elsewhere(found.code, found)


def _elsewhere(code: str, wanted: Definition | None) -> Iterator[DefinitionProblem]:
    """What other definitions that name the register would no longer find; a pack's is put right there."""
    others = [one for one in mentioning(code) if (one.kind, one.code) != (KIND, code)]
    if not others:
        return
    before = as_known()
    after = before.with_change(KIND, code, wanted)
    for other in others:
        kind = KINDS.get(other.kind)
        if kind.model is not None:
            found = kind.check(other, before)
            yield from (problem for problem in kind.check(other, after) if problem not in found)
