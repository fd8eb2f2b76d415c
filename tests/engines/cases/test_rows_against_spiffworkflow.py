"""Random models played on the rows and by SpiffWorkflow: after each act both wait for the same.

The unit tests judge the rules alone; here the cases, tokens, tasks and clocks in the database are judged,
among them children that need nobody and steps for many that finish in the act that began them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.unit.cases.process.blocks import Builder, processes
from tests.unit.cases.process.drawing import drawn
from tests.unit.cases.process.spiff import Spiff

from yiwang.cases.models import Case, Clock, Task, Token
from yiwang.cases.rows.adoption import adopt_type
from yiwang.cases.rules.process.model import Many, NodeKind, Process
from yiwang.cases.testing import BODY, MONDAY, a_definition, an_application, done, officer
from yiwang.identity.testing import an_organisation

pytestmark = pytest.mark.django_db
RELAXED = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
STEPS = 12
PARENT = drawn(
    "s:start p:and m:call c:call a:task j:and e:end",
    "s>p p>m p>c p>a m>j c>j a>j j>e",
    m={"many": Many(collection="items2", item="department")},
)
AUTOMATIC = Builder().process(("seq", ("act",), ("act",)))
INSTANT = Builder().process(("sub", ("many", 0)))
CHOOSING = Builder().process(("xor", [("act",), ("task",)]))

names = count(1)
seeds = st.lists(st.booleans(), min_size=8, max_size=8)
turns = st.lists(st.integers(0, 5), min_size=STEPS, max_size=STEPS)


def answers_for(seed: list[bool], *played: Process) -> dict[str, object]:
    """Form answers: ``cn4_0`` is true or false by a seed, ``items2`` is a list of two."""
    asked = sorted({flow.condition for each in played for flow in each.flows if flow.condition})
    truths = {name: seed[index % len(seed)] for index, name in enumerate(asked)}
    return {f"items{size}": [f"i{index}" for index in range(size)] for size in range(4)} | truths


def over_answers(process: Process, key: str, child: str = "") -> Process:
    """The same process asking its questions of the form's answers, with all its work at one organisation."""
    flows = [
        replace(flow, condition=f"answers.{flow.condition}") if flow.condition else flow
        for flow in process.flows
    ]
    nodes = []
    for node in process.nodes:
        more: dict[str, object] = {}
        if node.many is not None:
            more["many"] = replace(node.many, collection=f"answers.{node.many.collection}")
        if node.kind in (NodeKind.USER_TASK, NodeKind.CALL):
            more["organisation"] = f'"{BODY}"'
        if node.kind is NodeKind.CALL:
            more["case_type"] = child
        nodes.append(replace(node, **more))
    return replace(process, key=key, nodes=tuple(nodes), flows=tuple(flows))


def must_be_whole(family: Q) -> None:
    """Nothing stands open in a closed case, and all that stands open has something to wait for."""
    tokens = Token.objects.filter(family, state="open")
    tasks = Task.objects.filter(family, state="open")
    for rows in (tokens, tasks, Clock.objects.filter(family).exclude(state="done")):
        assert not rows.filter(case__closed_at__isnull=False).exists()
    parents = Token.objects.filter(family).values("case_id")
    children = Case.objects.filter(parent_id__in=parents, closed_at=None)
    calling = tokens.filter(opens="call", outcome=None)
    assert sorted(calling.values_list("case_id", "number")) == sorted(
        children.values_list("parent_id", "parent_token")
    )
    wanted = tokens.filter(opens="task", outcome=None)
    assert sorted(wanted.values_list("case_id", "number")) == sorted(tasks.values_list("case_id", "token"))


def play_both(parent: Process, child: Process, seed: list[bool], choices: list[int]) -> None:
    number = next(names)
    called = over_answers(child, f"child{number}")
    process = over_answers(parent, f"parent{number}", called.key)
    answers = answers_for(seed, parent, child)
    an_organisation(BODY)
    inner = a_definition(
        called.key, catalogue="internal", item_type="internal", form=None, prefix="CY", case_title=None
    )
    adopt_type(inner, called, parts={}, at=MONDAY)
    kind = adopt_type(a_definition(process.key), process, parts={}, at=MONDAY)
    theirs = Spiff(process, {"answers": answers}, called)
    case_id = an_application(kind, answers=answers).case_id
    family = Q(case_id=case_id) | Q(case__ancestors__contains=[case_id])
    worker = officer(BODY, "handler")
    for choice in choices:
        tasks = sorted(Task.objects.filter(family, state="open").values_list("node", "id"))
        assert [node for node, _ in tasks] == theirs.waiting
        must_be_whole(family)
        if not tasks:
            break
        # All of a name: which of several alike is done first could differ between the two.
        node = tasks[choice % len(tasks)][0]
        for name, task_id in tasks:
            if name == node:
                done(worker, task_id, "done")
        theirs.finish_all(node)
    assert (Case.objects.get(id=case_id).closed_at is not None) == theirs.finished


@RELAXED
@given(processes("xor", "and", "or", "many", leaves=4), seeds, turns)
def test_cases_whose_steps_call_random_children(child, seed, choices):
    play_both(PARENT, child, seed, choices)


@pytest.mark.parametrize("child", [AUTOMATIC, INSTANT, CHOOSING], ids=["acts", "subprocess", "some"])
@pytest.mark.parametrize("seed", [[True] * 8, [False] * 8], ids=["true", "false"])
def test_children_that_need_nobody(child, seed):
    play_both(PARENT, child, seed, [0] * STEPS)


@RELAXED
@given(processes("xor", "and", "or", "sub", "many"), seeds, turns)
def test_random_cases(process, seed, choices):
    play_both(process, AUTOMATIC, seed, choices)
