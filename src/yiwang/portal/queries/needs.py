"""What an application would need: departments, papers, days; worked out from answers, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.api import case_type, joint_case_type, needed_materials, routing_decision, try_decision
from yiwang.cases.contracts import AppliedType
from yiwang.cases.definitions.case_type import Material
from yiwang.identity.api import find_organisation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.portal.rules.subjects import limit_text

_NO_REASON = Text("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department that would examine, why, and within which promised limit."""

    code: str
    name: Text
    reason: Text
    limit: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What these answers imply."""

    departments: tuple[Department, ...]
    papers: tuple[Material, ...]
    promised: Text
    by_law: Text


def needs_of(item: AppliedType, answers: Mapping[str, Json], *, at: datetime) -> Needs:
    """Run the routing decision and the conditions of the papers over answers."""
    promised, by_law = item.definition.promised_limit, item.definition.statutory_limit
    return Needs(
        departments=_departments(item, answers, at=at),
        papers=needed_materials(item, {"answers": answers}, at=at),
        promised=limit_text(promised.amount, promised.unit),
        by_law=limit_text(by_law.amount, by_law.unit),
    )


def _departments(item: AppliedType, answers: Mapping[str, Json], *, at: datetime) -> tuple[Department, ...]:
    decision = routing_decision(item)
    if not decision:
        return ()
    trial = try_decision(item, decision, answers, at=at)
    answered = trial.answer if isinstance(trial.answer, list) else [trial.answer]
    codes = dict.fromkeys(code for each in answered if (code := _code(each)))
    reasons = {_code(given): description for given, description in reversed(trial.reasons)}
    called = joint_case_type(item)
    budget = (case_type(called) if called else item).definition.promised_limit
    limit = limit_text(budget.amount, budget.unit)
    return tuple(
        Department(code=code, name=_name(code), reason=reasons.get(code, _NO_REASON), limit=limit)
        for code in codes
    )


def _code(answer: Json) -> str:
    """An organisation's code, alone or as the ``organisation`` of an object."""
    found = answer.get("organisation") if isinstance(answer, dict) else answer
    return found if isinstance(found, str) else ""


def _name(code: str) -> Text:
    found = find_organisation(code)
    return found.short_name if found is not None else Text(code, code)
