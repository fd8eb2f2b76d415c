"""Sound processes pass; each rule is broken once; and what an explorer finds stuck never passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.cases.process.blocks import processes
from tests.unit.cases.process.drawing import drawn
from tests.unit.cases.process.explorer import is_stuck_somewhere

from yiwang.cases.rules.process.model import JoinRule, Many, NodeKind, Process
from yiwang.cases.rules.process.read_bpmn import Drawing, read_bpmn
from yiwang.cases.rules.process.soundness import faults
from yiwang.cases.rules.process.write_bpmn import write_bpmn

PACKS = Path(__file__).parents[4] / "packs"
ALL = ("xor", "and", "or", "loop", "sub", "timed", "many")
AB = {"a": {"outcomes": ("accept", "refuse")}}


def reasons(process: Process) -> list[tuple[str, str]]:
    return [(problem.path, problem.reason.en) for problem in faults(Drawing(process))]


BROKEN = [
    ("two starts", "s:start t:start a:task e:end", "s>a t>a a>e", {}, "p", "has 2 start events"),
    ("no end", "s:start a:task", "s>a", {}, "p", "has no end event"),
    ("into the start", "s:start a:task e:end", "s>a a>s a>e", {}, "s", "nothing may lead into it"),
    ("out of an end", "s:start a:task e:end", "s>a a>e e>a", {}, "e", "an end leads nowhere"),
    ("nothing before", "s:start a:task b:task e:end", "s>a a>e b>e", {}, "b", "nothing leads to it"),
    ("dead end", "s:start x:xor a:task b:task e:end", "s>x x>a?k x>b* a>e", {}, "b", "a dead end"),
    ("split by a task", "s:start a:task e:end f:end", "s>a a>e a>f", {}, "a", "split by a gateway"),
    (
        "island",
        "s:start a:task e:end m:xor b:task",
        "s>a a>e m>b b>m",
        {},
        "b m",
        "cannot be reached from the start",
    ),
    (
        "no way out",
        "s:start x:xor a:task m:xor b:task e:end",
        "s>x x>m?k x>a* a>e m>b b>m",
        {},
        "b m",
        "no way leads",
    ),
    ("nobody", "s:start a:task e:end", "s>a a>e", {"a": {"role": None}}, "a", "has no role"),
    ("no clock", "s:start a:task e:end", "s>a a>e", {"a": {"clock": None}}, "a", "has no clock"),
    ("no outcomes", "s:start a:task e:end", "s>a a>e", {"a": {"outcomes": ()}}, "a", "has no outcomes"),
    ("no decision", "s:start d:decision_task e:end", "s>d d>e", {}, "d", "names no decision"),
    ("no act", "s:start d:service_task e:end", "s>d d>e", {}, "d", "names no act"),
    ("no case type", "s:start d:call e:end", "s>d d>e", {}, "d", "names no case type"),
    ("no duration", "s:start d:timer_catch e:end", "s>d d>e", {}, "d", "has no duration"),
    ("no message", "s:start d:message_catch e:end", "s>d d>e", {}, "d", "names no message"),
    (
        "boundary of nothing",
        "s:start a:task t:boundary_timer e:end f:end",
        "s>a a>e t>f",
        {"t": {"duration": "P1D"}},
        "t",
        "is attached to nothing",
    ),
    (
        "boundary of a gateway",
        "s:start x:xor t:boundary_timer e:end f:end",
        "s>x x>e t>f",
        {"t": {"duration": "P1D", "attached_to": "x"}},
        "t",
        "nobody waits there",
    ),
    (
        "boundary across a border",
        "s:start sub:subprocess sub.i:start sub.a:task sub.z:end t:boundary_timer e:end f:end",
        "s>sub i>a a>z sub>e t>f",
        {"t": {"duration": "P1D", "attached_to": "a"}},
        "t",
        "outside its own subprocess",
    ),
    (
        "idle condition",
        "s:start a:task e:end",
        "s>a a>e?k",
        {},
        "a_e",
        "its condition would never be asked",
    ),
    (
        "no condition",
        "s:start x:xor a:task b:task e:end",
        "s>x x>a x>b* a>e b>e",
        {},
        "x_a",
        "it has no condition and is not the default",
    ),
    (
        "unknown step",
        "s:start a:task x:xor b:task e:end",
        's>a a>x x>b?outcome.z="accept" x>e* b>e',
        AB,
        "x_b",
        "asks for the outcome of 'z', which is no step",
    ),
    (
        "unknown outcome",
        "s:start a:task x:xor b:task e:end",
        's>a a>x x>b?outcome.a="acept" x>e* b>e',
        AB,
        "x_b",
        "'a' never ends with 'acept'; it ends with accept, refuse",
    ),
    (
        "an outcome without a way",
        "s:start a:task x:xor b:task c:task e:end",
        's>a a>x x>b?outcome.a="accept" x>c?outcome.a="refuse" b>e c>e',
        {"a": {"outcomes": ("accept", "refuse", "supplement")}},
        "x",
        "do not provably cover every outcome",
    ),
    (
        "the outcome of a step that may be skipped",
        "s:start y:xor a:task m:xor x:xor b:task c:task e:end",
        's>y y>a?k y>m* a>m m>x x>b?outcome.a="accept" x>c?outcome.a="refuse" b>e c>e',
        AB,
        "x",
        "do not provably cover every outcome",
    ),
    (
        "inclusive without default",
        "s:start i:or a:task b:task j:or e:end",
        "s>i i>a?k i>b?l a>j b>j j>e",
        {},
        "i",
        "an inclusive gateway needs a default",
    ),
    (
        "a refusal that comes back to the same desk",
        "s:start m:xor a:task x:xor e:end",
        's>m m>a a>x x>e?outcome.a="accept" x>m*',
        AB,
        "a",
        "the outcome 'refuse' has no way to an end",
    ),
    (
        "an end for many without outcome",
        "s:start sub:subprocess sub.i:start sub.a:task sub.z:end e:end",
        "s>sub i>a a>z sub>e",
        {"sub": {"many": Many(collection="k", rule=JoinRule())}},
        "z",
        "must say its outcome",
    ),
    (
        "no FEEL",
        "s:start x:xor a:task e:end",
        "s>x x>a?1+ x>e* a>e",
        {},
        "x_a",
        "'1+' is no FEEL",
    ),
    (
        "python",
        "s:start a:task e:end",
        "s>a a>e",
        {"a": {"organisation": "__import__('os')"}},
        "a",
        "is no FEEL",
    ),
    (
        "a restless loop",
        "s:start m:xor v:service_task x:xor e:end",
        "s>m m>v v>x x>m?k x>e*",
        {"v": {"act": "notify_applicant"}},
        "m",
        "a loop of automatic steps",
    ),
    (
        "a deadlock: exclusive split, parallel join",
        "s:start x:xor a:task b:task j:and e:end",
        "s>x x>a?k x>b* a>j b>j j>e",
        {},
        "j",
        "can wait for ever",
    ),
    (
        "a deadlock: inclusive split, parallel join",
        "s:start x:or a:task b:task j:and e:end",
        "s>x x>a?k x>b* a>j b>j j>e",
        {},
        "j",
        "can wait for ever",
    ),
    (
        "lack of synchronisation: parallel split, exclusive join",
        "s:start p:and a:task b:task x:xor c:task e:end",
        "s>p p>a p>b a>x b>x x>c c>e",
        {},
        "c",
        "parallel branches are not joined",
    ),
    (
        "lack of synchronisation: a reminder that rejoins the main way",
        "s:start a:task t:boundary_timer x:xor c:task e:end",
        "s>a a>x t>x x>c c>e",
        {"t": {"attached_to": "a", "duration": "P1D", "interrupting": False}},
        "c",
        "parallel branches are not joined",
    ),
    (
        "a loop that cannot be left",
        "s:start p:and a:task b:task x:xor y:xor j:and e:end",
        "s>p p>x p>b x>a a>y y>x?k y>j* b>j j>e",
        {},
        None,
        None,
    ),
]


@pytest.mark.parametrize(
    ("nodes", "flows", "more", "element", "reason"),
    [each[1:] for each in BROKEN],
    ids=[each[0] for each in BROKEN],
)
def test_each_rule_is_broken_once(nodes, flows, more, element, reason):
    found = reasons(drawn(nodes, flows, **more))

    if element is None:
        assert found == []
    else:
        assert " ".join(where for where, why in found if reason in why) == element


def test_a_fault_is_shown_with_its_line():
    process = drawn("s:start a:task e:end", "s>a a>e", a={"clock": None})
    drawing, _ = read_bpmn(write_bpmn(process), "packs/x/processes/x.bpmn")

    (problem,) = faults(drawing)

    assert str(problem) == "packs/x/processes/x.bpmn:7: a: has no clock, neither its own nor one around it"


def test_conditions_that_cover_every_outcome_need_no_default():
    flows = 's>a a>x x>b?outcome.a="accept" x>c?outcome.a in ("refuse","return") b>e c>e'
    process = drawn(
        "s:start a:task x:xor b:task c:task e:end", flows, a={"outcomes": ("accept", "refuse", "return")}
    )

    assert reasons(process) == []


def test_too_many_states_are_refused_not_waved_through():
    names = [f"b{index}" for index in range(17)]
    nodes = "s:start p:and " + " ".join(f"{name}:task" for name in names) + " j:and e:end"
    flows = "s>p " + " ".join(f"p>{name} {name}>j" for name in names) + " j>e"

    assert reasons(drawn(nodes, flows)) == [
        ("p", "has more than 20000 states and cannot be proved; divide it into subprocesses")
    ]


@pytest.mark.parametrize("file", sorted(PACKS.rglob("*.bpmn")), ids=lambda file: file.stem)
def test_the_processes_of_the_packs_are_sound(file):
    drawing, problems = read_bpmn(file.read_bytes(), file.name)

    assert problems == []
    assert faults(drawing) == []


@settings(max_examples=150, deadline=None)
@given(processes(*ALL))
def test_what_is_built_from_blocks_is_sound(process):
    assert reasons(process) == []
    assert not is_stuck_somewhere(process)


@st.composite
def spoilt(draw) -> Process:
    process = draw(processes("xor", "and", "or", "timed"))
    gateways = [
        node
        for node in process.nodes
        if node.kind in (NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.INCLUSIVE)
    ]
    flow = draw(st.sampled_from(process.flows))
    ways = ["drop", "turn"] + (["swap"] if gateways else [])
    way = draw(st.sampled_from(ways))
    if way == "drop":
        return replace(process, flows=tuple(each for each in process.flows if each != flow))
    if way == "turn":
        target = draw(st.sampled_from(process.nodes)).id
        turned = replace(flow, target=target)
        return replace(process, flows=tuple(turned if each == flow else each for each in process.flows))
    gateway = draw(st.sampled_from(gateways))
    kind = draw(st.sampled_from([NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.INCLUSIVE]))
    nodes = tuple(replace(each, kind=kind) if each == gateway else each for each in process.nodes)
    return replace(process, nodes=nodes)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt())
def test_what_gets_stuck_never_passes(process):
    if reasons(process) == []:
        assert not is_stuck_somewhere(process)
