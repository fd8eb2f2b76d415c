"""Steps that nobody waits for: what is opened and closed within one act is stored as closed."""

from __future__ import annotations

import pytest

from yiwang.cases.models import Case, Clock, Decision, Opinion, StepResult, Task, Timer, Token
from yiwang.cases.rows.adoption import adopt_type
from yiwang.cases.rules.process.model import Flow, JoinKind, JoinRule, Many, Node, NodeKind, Process
from yiwang.cases.testing import (
    BODY,
    MONDAY,
    a_definition,
    a_joint_type,
    an_accepted_case,
    an_application,
    done,
    officer,
    open_task,
)
from yiwang.identity.testing import an_organisation
from yiwang.kernel.text import Text

pytestmark = pytest.mark.django_db

DEPARTMENTS = ["environment", "fire", "planning"]


def drawn(key: str, *nodes: Node, ways: str) -> Process:
    """A process from its nodes and its flows, written ``a>b b>c``."""
    pairs = [way.split(">") for way in ways.split()]
    flows = tuple(Flow(id=f"{source}_{target}", source=source, target=target) for source, target in pairs)
    return Process(key=key, name=Text("测试", "Test"), nodes=nodes, flows=flows)


def step(key: str, kind: NodeKind, **more: object) -> Node:
    return Node(id=key, kind=kind, name=Text(f"环节{key}", f"Step {key}"), **more)


def desk(key: str, **more: object) -> Node:
    return step(key, NodeKind.USER_TASK, role="handler", outcomes=("done",), clock="opinion", **more)


def an_automatic_child(code: str = "test_opinion") -> None:
    """Replace the departments' process by one in which nobody has to do anything: it approves at once."""
    inner = a_definition(
        code, catalogue="internal", item_type="internal", form=None, prefix="CY", case_title=None
    )
    process = drawn(
        code,
        step("start", NodeKind.START),
        step("tell", NodeKind.SERVICE_TASK, act="accept"),
        step("given", NodeKind.END, outcomes=("approve",)),
        ways="start>tell tell>given",
    )
    adopt_type(inner, process, parts={}, at=MONDAY)


def tokens(case_id: int) -> list[tuple[str, str, str | None]]:
    found = Token.objects.filter(case_id=case_id).order_by("number")
    return list(found.values_list("node", "state", "outcome"))


def open_tokens() -> list[str]:
    return list(
        Token.objects.filter(state="open").order_by("case_id", "number").values_list("node", flat=True)
    )


def test_children_that_finish_at_once_let_the_parent_go_on_in_the_same_act():
    kind = a_joint_type()
    an_automatic_child()

    opened = an_accepted_case(kind)

    assert open_tokens() == ["decide"]
    assert tokens(opened.case_id) == [
        ("accept", "ended", None),
        ("opinions", "ended", None),
        ("opinions", "ended", "approve"),
        ("opinions", "ended", "approve"),
        ("opinions", "ended", "approve"),
        ("decide", "open", None),
    ]
    children = Case.objects.filter(parent_id=opened.case_id)
    assert sorted(children.values_list("organisation", "phase", "outcome", "closed_at")) == [
        (department, "closed", "approve", MONDAY) for department in DEPARTMENTS
    ]
    result = StepResult.objects.get(case_id=opened.case_id, node="opinions")
    assert (result.outcome, result.approve, result.total) == ("approve", 3, 3)
    assert sorted(Opinion.objects.values_list("organisation", "verdict")) == [
        (department, "approve") for department in DEPARTMENTS
    ]
    assert Decision.objects.filter(case__in=children).count() == 3


def test_the_clocks_of_a_child_that_finishes_at_once_are_done():
    kind = a_joint_type()
    an_automatic_child()

    opened = an_accepted_case(kind)

    clocks = Clock.objects.filter(case__parent_id=opened.case_id)
    assert set(clocks.values_list("kind", "state", "consumed", "ended_at")) == {
        ("case_statutory", "done", 0, MONDAY),
        ("case_promised", "done", 0, MONDAY),
    }
    assert clocks.count() == 6
    own = Clock.objects.filter(case_id=opened.case_id, state="running")
    assert sorted(own.values_list("kind", flat=True)) == ["case_promised", "case_statutory", "task"]


def test_the_whole_case_goes_on_to_its_licence_afterwards():
    kind = a_joint_type()
    an_automatic_child()
    opened = an_accepted_case(kind)

    done(officer(BODY, "approver"), open_task(opened.case_id, "decide"), "approve")

    assert open_tokens() == []
    assert Case.objects.get(id=opened.case_id).phase == "closed"


def a_type_with(code: str, process: Process) -> None:
    for organisation in (BODY, *DEPARTMENTS):
        an_organisation(organisation)
    adopted = adopt_type(a_definition(code), process, parts={}, at=MONDAY)
    assert adopted.code == code


def joint_call(rule: JoinKind) -> Node:
    return step(
        "ask",
        NodeKind.CALL,
        case_type="test_opinion",
        organisation="department",
        many=Many(collection="answers.departments", item="department", rule=JoinRule(kind=rule)),
    )


def test_the_first_answer_that_suffices_withdraws_children_that_were_opened_with_it():
    for organisation in (BODY, *DEPARTMENTS):
        an_organisation(organisation)
    an_automatic_child()
    kind = adopt_type(
        a_definition("test_any"),
        drawn(
            "test_any",
            step("start", NodeKind.START),
            joint_call(JoinKind.ANY),
            desk("after"),
            step("end", NodeKind.END),
            ways="start>ask ask>after after>end",
        ),
        parts={},
        at=MONDAY,
    )

    opened = an_application(kind, answers={"departments": DEPARTMENTS})

    assert tokens(opened.case_id) == [
        ("ask", "ended", None),
        ("ask", "ended", "approve"),
        ("ask", "cancelled", None),
        ("ask", "cancelled", None),
        ("after", "open", None),
    ]
    children = Case.objects.filter(parent_id=opened.case_id).order_by("id")
    assert list(children.values_list("organisation", "phase")) == [
        ("environment", "closed"),
        ("fire", "withdrawn"),
        ("planning", "withdrawn"),
    ]
    assert not Clock.objects.filter(case__in=children).exclude(state="done").exists()


def test_a_task_and_a_timer_that_are_taken_back_in_the_act_that_opened_them_never_were():
    for organisation in (BODY, *DEPARTMENTS):
        an_organisation(organisation)
    an_automatic_child()
    kind = adopt_type(
        a_definition("test_race"),
        drawn(
            "test_race",
            step("start", NodeKind.START),
            step("fork", NodeKind.PARALLEL),
            desk("slow"),
            step("remind", NodeKind.BOUNDARY_TIMER, attached_to="slow", duration="P1D", interrupting=False),
            step("reminded", NodeKind.END),
            step("called", NodeKind.CALL, case_type="test_opinion"),
            step("enough", NodeKind.TERMINATE_END, outcomes=("approve",)),
            step("end", NodeKind.END),
            ways="start>fork fork>slow fork>called slow>end remind>reminded called>enough",
        ),
        parts={},
        at=MONDAY,
    )

    opened = an_application(kind)

    case = Case.objects.get(id=opened.case_id)
    assert (case.phase, case.outcome, case.closed_at) == ("closed", "approve", MONDAY)
    assert open_tokens() == []
    assert dict(Token.objects.filter(case_id=case.id).values_list("node", "state")) == {
        "slow": "cancelled",
        "remind": "cancelled",
        "called": "ended",
    }
    assert Task.objects.count() == 0
    assert Timer.objects.count() == 0
    assert not Clock.objects.exclude(state="done").exists()


def test_an_instance_of_a_subprocess_that_finishes_at_once_keeps_its_outcome():
    """One department's part is automatic, the other's waits: the answer given must not be lost."""
    for organisation in (BODY, *DEPARTMENTS):
        an_organisation(organisation)
    inside = {"scope": "part"}
    process = Process(
        key="test_parts",
        name=Text("测试", "Test"),
        nodes=(
            step("start", NodeKind.START),
            step(
                "part",
                NodeKind.SUBPROCESS,
                many=Many(collection="answers.departments", item="department", rule=JoinRule()),
            ),
            step("begin", NodeKind.START, **inside),
            step("which", NodeKind.EXCLUSIVE, default="which_quick", **inside),
            desk("look", organisation="department", **inside),
            step("looked", NodeKind.END, outcomes=("conditional",), **inside),
            step("quick", NodeKind.END, outcomes=("approve",), **inside),
            desk("after"),
            step("end", NodeKind.END),
        ),
        flows=(
            Flow(id="a", source="start", target="part"),
            Flow(id="b", source="begin", target="which"),
            Flow(id="which_look", source="which", target="look", condition='department = "fire"'),
            Flow(id="which_quick", source="which", target="quick"),
            Flow(id="c", source="look", target="looked"),
            Flow(id="d", source="part", target="after"),
            Flow(id="e", source="after", target="end"),
        ),
    )
    kind = adopt_type(a_definition("test_parts"), process, parts={}, at=MONDAY)

    opened = an_application(kind, answers={"departments": DEPARTMENTS})

    scopes = Token.objects.filter(case_id=opened.case_id, node="part", item__isnull=False).order_by("number")
    assert list(scopes.values_list("item", "state", "outcome")) == [
        ("environment", "open", "approve"),
        ("fire", "open", None),
        ("planning", "open", "approve"),
    ]
    done(officer("fire", "handler"), open_task(opened.case_id, "look"), "done")
    assert open_tokens() == ["after"]
    result = StepResult.objects.get(case_id=opened.case_id, node="part")
    assert (result.outcome, result.approve, result.conditional, result.total) == ("conditional", 2, 1, 3)
