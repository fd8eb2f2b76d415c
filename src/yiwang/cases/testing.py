"""Builders for everyone's tests: two small case types, and cases brought as far as a test wants them.

``test_review``: the window accepts, departments named in ``answers.departments`` give opinions as tasks,
the approver decides, a licence is issued. ``test_joint``: the same with one child case a department.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from yiwang.cases.commands.complete_task import complete_task
from yiwang.cases.commands.open_case import open_case
from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.contracts.lists import CaseStamp, OpenedCase
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.models import Task
from yiwang.cases.rows.adoption import adopt_type
from yiwang.cases.rules.process.model import Flow, JoinKind, JoinRule, Many, Node, NodeKind, Process
from yiwang.identity.testing import a_citizen, an_officer, an_organisation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, Json

#: A Monday morning in Guangzhou, 2 March 2026, 10:00.
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BODY = "service_centre"
DEPARTMENTS = ("planning", "environment", "fire")
_LAW = {
    "law": {"zh": "行政许可法", "en": "Licensing Law"},
    "article": {"zh": "第四十五条", "en": "Article 45"},
}


def a_definition(code: str, **changes: object) -> CaseType:
    """A whole definition of a licence with a limit of 20 and a promise of 10 working days."""
    declared: dict[str, object] = {
        "code": code,
        "title": {"zh": "测试许可", "en": "Test licence"},
        "summary": {"zh": "测试用", "en": "For tests"},
        "item_type": "licence",
        "catalogue": "administrative",
        "basic_code": "000999",
        "implementing_code": "000999-1",
        "legal_basis": [_LAW],
        "body": BODY,
        "applicants": ["person", "legal_entity"],
        "handling": "promised",
        "statutory_limit": {"amount": 20, "unit": "working_days"},
        "promised_limit": {"amount": 10, "unit": "working_days"},
        "clocks": [
            _clock("acceptance", "受理", "Acceptance", 5),
            _clock("opinion", "部门意见", "Opinion", 5),
            _clock("decision", "决定", "Decision", 3),
        ],
        "stops": [
            {"key": "hearing", "basis": _LAW, "longest_days": 40},
            {"key": "expert_review", "basis": _LAW, "longest_days": 30},
            {"key": "supplement", "basis": _LAW, "longest_days": 30},
        ],
        "extension": {"amount": 10, "unit": "working_days", "basis": _LAW},
        "result": {
            "title": {"zh": "测试许可证", "en": "Test licence"},
            "kind": "licence",
            "valid_months": 12,
            "facts": [{"label": {"zh": "项目", "en": "Project"}, "value": "answers.name"}],
        },
        "online_depth": "IV",
        "channels": ["online", "counter"],
        "prefix": "CS",
        "form": "test_form",
        "process": code,
        "case_title": "answers.name",
    }
    return CaseType.model_validate(declared | changes)


def _clock(key: str, zh: str, en: str, days: int) -> dict[str, object]:
    budget = {"amount": days, "unit": "working_days"}
    return {"key": key, "title": {"zh": zh, "en": en}, "budget": budget}


def _task(
    node_id: str, role: str, outcomes: tuple[str, ...], clock: str, organisation: str | None = None
) -> Node:
    return Node(
        id=node_id,
        kind=NodeKind.USER_TASK,
        name=Text(f"环节{node_id}", f"Step {node_id}"),
        role=role,
        outcomes=outcomes,
        clock=clock,
        organisation=organisation,
    )


def _way(source: str, target: str, condition: str | None = None) -> Flow:
    return Flow(id=f"{source}_to_{target}", source=source, target=target, condition=condition)


def a_process(key: str, joint: Node) -> Process:
    """Acceptance with one supplement, a joint step, a decision, a licence or a refusal."""
    return Process(
        key=key,
        nodes=(
            Node(id="start", kind=NodeKind.START),
            _task("accept", "window", ("accept", "refuse", "supplement"), "acceptance"),
            Node(id="accept_ways", kind=NodeKind.EXCLUSIVE, default="accept_ways_to_turn_away"),
            Node(id="await_supplement", kind=NodeKind.MESSAGE_CATCH, message="supplement_answered"),
            Node(
                id="too_late",
                kind=NodeKind.BOUNDARY_TIMER,
                attached_to="await_supplement",
                duration="P30D",
            ),
            Node(id="lapsed", kind=NodeKind.END, outcomes=("lapsed",)),
            _task("accept_again", "window", ("accept", "refuse"), "acceptance"),
            Node(id="again_ways", kind=NodeKind.EXCLUSIVE, default="again_ways_to_turn_away"),
            Node(id="turn_away", kind=NodeKind.SERVICE_TASK, act="issue_refusal"),
            Node(id="not_accepted", kind=NodeKind.END, outcomes=("not_accepted",)),
            joint,
            _task("decide", "approver", ("approve", "refuse", "return"), "decision"),
            Node(id="ways", kind=NodeKind.EXCLUSIVE, default="ways_to_refuse"),
            Node(id="issue", kind=NodeKind.SERVICE_TASK, act="issue_licence"),
            Node(id="refuse", kind=NodeKind.SERVICE_TASK, act="issue_refusal"),
            Node(id="approved", kind=NodeKind.END, outcomes=("approve",)),
            Node(id="refused", kind=NodeKind.END, outcomes=("refuse",)),
        ),
        flows=(
            _way("start", "accept"),
            _way("accept", "accept_ways"),
            _way("accept_ways", "opinions", 'outcome.accept = "accept"'),
            _way("accept_ways", "await_supplement", 'outcome.accept = "supplement"'),
            _way("accept_ways", "turn_away"),
            _way("await_supplement", "accept_again"),
            _way("too_late", "lapsed"),
            _way("accept_again", "again_ways"),
            _way("again_ways", "opinions", 'outcome.accept_again = "accept"'),
            _way("again_ways", "turn_away"),
            _way("turn_away", "not_accepted"),
            _way("opinions", "decide"),
            _way("decide", "ways"),
            _way("ways", "issue", 'outcome.decide = "approve"'),
            _way("ways", "opinions", 'outcome.decide = "return"'),
            _way("ways", "refuse"),
            _way("issue", "approved"),
            _way("refuse", "refused"),
        ),
    )


def review_process(key: str, *, rule: JoinKind = JoinKind.ALL) -> Process:
    """Departments give opinions as tasks."""
    joint = Node(
        id="opinions",
        kind=NodeKind.USER_TASK,
        name=Text("部门意见", "Opinions"),
        role="reviewer",
        organisation="department",
        outcomes=("approve", "conditional", "refuse"),
        clock="opinion",
        many=Many(collection="answers.departments", item="department", rule=JoinRule(kind=rule)),
    )
    return a_process(key, joint)


def joint_process(key: str, child: str) -> Process:
    """Departments decide in child cases."""
    joint = Node(
        id="opinions",
        kind=NodeKind.CALL,
        name=Text("部门并联审查", "Departments examine"),
        organisation="department",
        outcomes=("approve", "conditional", "refuse"),
        case_type=child,
        many=Many(collection="answers.departments", item="department", rule=JoinRule()),
    )
    return a_process(key, joint)


def opinion_process(key: str) -> Process:
    """A department examines, its approver answers."""
    return Process(
        key=key,
        nodes=(
            Node(id="start", kind=NodeKind.START),
            _task("examine", "reviewer", ("done",), "opinion"),
            _task("answer", "approver", ("approve", "conditional", "refuse", "return"), "decision"),
            Node(id="answer_ways", kind=NodeKind.EXCLUSIVE, default="answer_ways_to_given"),
            Node(id="given", kind=NodeKind.END),
        ),
        flows=(
            _way("start", "examine"),
            _way("examine", "answer"),
            _way("answer", "answer_ways"),
            _way("answer_ways", "examine", 'outcome.answer = "return"'),
            _way("answer_ways", "given"),
        ),
    )


def a_review_type(code: str = "test_review", **changes: object) -> AppliedType:
    """Apply ``test_review`` with the organisations that it needs."""
    _organisations()
    return adopt_type(a_definition(code, **changes), review_process(code), parts={}, at=MONDAY)


def a_joint_type(code: str = "test_joint", child: str = "test_opinion", **changes: object) -> AppliedType:
    """Apply ``test_joint`` and the child's type."""
    _organisations()
    inner = a_definition(
        child, catalogue="internal", item_type="internal", form=None, prefix="CY", case_title=None
    )
    adopt_type(inner, opinion_process(child), parts={}, at=MONDAY)
    return adopt_type(a_definition(code, **changes), joint_process(code, child), parts={}, at=MONDAY)


def _organisations() -> None:
    for code in (BODY, *DEPARTMENTS):
        an_organisation(code)


def an_application(
    kind: AppliedType,
    *,
    applicant: Actor | None = None,
    answers: Mapping[str, Json] | None = None,
    at: datetime = MONDAY,
) -> OpenedCase:
    """Open a case; by default three departments are asked."""
    given: dict[str, Json] = {"name": "云谷数据中心", "departments": list(DEPARTMENTS)}
    return open_case(
        actor=applicant or a_citizen(),
        at=at,
        type_code=kind.code,
        answers={**given, **(answers or {})},
    )


def officer(organisation: str = BODY, *roles: str) -> Actor:
    """An officer of an organisation with roles; all desk roles if none is named."""
    return an_officer(organisation, roles=roles or ("window", "handler", "reviewer", "approver"))


def open_task(case_id: int, node: str = "", organisation: str = "") -> int:
    """The id of the oldest open task of a case and its children, by step and organisation."""
    rows = Task.objects.filter(state__in=["open", "claimed"]).order_by("id")
    rows = rows.filter(case_id=case_id) | rows.filter(case__ancestors__contains=[case_id])
    if node:
        rows = rows.filter(node=node)
    if organisation:
        rows = rows.filter(organisation=organisation)
    return rows.values_list("id", flat=True)[0]


def done(
    actor: Actor, task_id: int, outcome: str, *, at: datetime = MONDAY, grounds: str = "依据充分"
) -> CaseStamp:
    """Complete a task, with grounds."""
    said = OpinionInput(grounds=grounds)
    return complete_task(actor=actor, at=at, task_id=task_id, outcome=outcome, note=grounds, opinion=said)


def an_accepted_case(
    kind: AppliedType, *, applicant: Actor | None = None, at: datetime = MONDAY
) -> OpenedCase:
    """A case that the window has accepted; the departments' tasks are open."""
    opened = an_application(kind, applicant=applicant, at=at)
    done(officer(BODY, "window"), open_task(opened.case_id, "accept"), "accept", at=at)
    return opened
