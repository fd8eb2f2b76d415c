"""The token game, node kind by node kind, on small processes."""

from __future__ import annotations

import pytest
from tests.unit.cases.process.drawing import Played, World, drawn

from yiwang.cases.rules.process import errors
from yiwang.cases.rules.process.advance import advance
from yiwang.cases.rules.process.model import JoinKind, JoinRule, Many
from yiwang.cases.rules.process.tokens import (
    AddItem,
    Arrived,
    Finished,
    Fired,
    JumpTo,
    Opens,
    RemoveItem,
    Start,
    Token,
)

DEPARTMENTS = ["planning", "fire", "environment"]


def many(kind: str = "all", **more) -> dict:
    return {
        "many": Many(collection="departments", item="department", rule=JoinRule(kind=JoinKind(kind), **more)),
        "outcomes": ("approve", "conditional", "refuse"),
    }


def test_one_task_from_start_to_end():
    case = Played(drawn("s:start a:task e:end", "s>a a>e"))
    assert case.waiting == ["a"]

    moves = case.tell(Finished(case.at("a"), "done"))

    assert moves.ended == (1,)
    assert (moves.cancelled, moves.opened, moves.finished, moves.result) == ((), (), True, "done")


def test_an_exclusive_gateway_takes_the_first_way_that_holds_else_the_default():
    process = drawn(
        "s:start a:task x:xor b:task c:task e:end",
        "s>a a>x x>b?a=accept x>c* b>e c>e",
        a={"outcomes": ("accept", "refuse")},
    )

    accepted, refused = Played(process), Played(process)
    accepted.tell(Finished(1, "accept"))
    refused.tell(Finished(1, "refuse"))

    assert (accepted.waiting, refused.waiting) == (["b"], ["c"])


def test_without_a_way_on_nothing_moves():
    process = drawn("s:start a:task x:xor b:task e:end", "s>a a>x x>b?no x>e?never b>e")
    case = Played(process)

    with pytest.raises(errors.NoWayOn):
        case.tell(Finished(1, "done"))

    assert case.waiting == ["a"]


def test_a_parallel_join_is_a_count_of_rows():
    case = Played(drawn("s:start p:and a:task b:task j:and c:task e:end", "s>p p>a p>b a>j b>j j>c c>e"))
    assert case.waiting == ["a", "b"]

    first = case.tell(Finished(case.at("b"), "done"))
    assert [(new.node, new.opens, new.via) for new in first.opened] == [("j", Opens.JOIN, "b_j")]
    assert case.waiting == ["a"]

    second = case.tell(Finished(case.at("a"), "done"))
    assert sorted(second.ended) == [1, 3]
    assert case.waiting == ["c"]


def test_an_inclusive_join_waits_for_what_was_chosen_only():
    process = drawn(
        "s:start i:or a:task b:task c:task j:or d:task e:end",
        "s>i i>a?ta i>b?tb i>c* a>j b>j c>j j>d d>e",
    )

    both = Played(process, World(truths={"ta": True, "tb": True}))
    assert both.waiting == ["a", "b"]
    both.tell(Finished(both.at("a"), "done"))
    assert both.waiting == ["b"]
    both.tell(Finished(both.at("b"), "done"))
    assert both.waiting == ["d"]

    one = Played(process, World(truths={"tb": True}))
    one.tell(Finished(one.at("b"), "done"))
    assert one.waiting == ["d"]

    none = Played(process)
    assert none.waiting == ["c"]


def test_automatic_steps_happen_in_order_and_decisions_are_seen_after():
    process = drawn(
        "s:start d:decision_task m:task v:service_task e:end",
        "s>d d>m m>v v>e",
        m=many(),
    )
    case = Played(process, World(decisions={"d": {"departments": DEPARTMENTS}}))

    assert case.waiting == ["m[environment]", "m[fire]", "m[planning]"]
    assert case.world.acts == []
    for department in DEPARTMENTS:
        case.tell(Finished(case.at("m", department), "approve"))
    assert case.world.acts == ["v"]
    assert case.last.finished


def test_a_veto_ends_a_joint_activity_and_withdraws_the_rest():
    process = drawn("s:start m:call e:end", "s>m m>e", m=many("veto"))
    case = Played(process, World(values={"departments": DEPARTMENTS}))
    opened = [(new.opens, new.item, dict(new.items)) for new in case.last.opened]
    assert opened == [(Opens.SCOPE, None, {})] + [(Opens.CALL, d, {"department": d}) for d in DEPARTMENTS]

    settled = case.tell(Finished(case.at("m", "fire"), "approve"))
    assert [(each.token, each.outcome) for each in settled.settled] == [(3, "approve")]
    assert settled.ended == ()

    moves = case.tell(Finished(case.at("m", "planning"), "refuse"))

    assert (moves.ended, moves.cancelled) == ((2, 3, 1), (4,))
    assert moves.joined[0].tally.result == "refuse"
    assert (moves.joined[0].tally.approve, moves.joined[0].tally.refuse, moves.joined[0].tally.total) == (
        1,
        1,
        2,
    )
    assert (moves.finished, moves.result) == (True, "refuse")
    assert case.world.outcomes == {"m": "refuse"}


def test_weights_come_from_the_data():
    rule = {"quorum": 5, "weights": "weight"}
    process = drawn("s:start m:task e:end", "s>m m>e", m=many("weighted", **rule))
    weights = {"planning": 4, "fire": 1, "environment": 3}
    world = World(
        values={"departments": DEPARTMENTS, "weight": lambda here: weights[here.items["department"]]}
    )
    case = Played(process, world)

    case.tell(Finished(case.at("m", "planning"), "approve"))
    assert not case.last.joined
    case.tell(Finished(case.at("m", "fire"), "conditional"))

    assert case.last.joined[0].tally.result == "conditional"
    assert case.last.cancelled == (4,)


def test_nobody_to_ask_goes_straight_on():
    case = Played(
        drawn("s:start m:task a:task e:end", "s>m m>a a>e", m=many()), World(values={"departments": []})
    )

    assert case.waiting == ["a"]
    assert [(each.node, each.token, each.tally.total) for each in case.last.joined] == [("m", -1, 0)]
    assert [new.node for new in case.last.opened] == ["a"]


def test_a_collection_must_be_a_list():
    with pytest.raises(errors.CollectionNotAList):
        Played(drawn("s:start m:task e:end", "s>m m>e", m=many()), World(values={"departments": "fire"}))


def test_one_more_and_one_less_are_asked():
    process = drawn("s:start m:task e:end", "s>m m>e", m=many())
    case = Played(process, World(values={"departments": ["planning", "fire"]}))
    host = case.at("m")

    added = case.tell(AddItem(host, "water"))
    assert [(new.node, new.item, new.index, new.parent) for new in added.opened] == [("m", "water", 2, host)]
    with pytest.raises(errors.AlreadyAsked):
        case.tell(AddItem(host, "water"))
    with pytest.raises(errors.NotAsked):
        case.tell(RemoveItem(host, "price"))
    case.tell(Finished(case.at("m", "planning"), "approve"))
    with pytest.raises(errors.AlreadyAnswered):
        case.tell(RemoveItem(host, "planning"))
    case.tell(Finished(case.at("m", "water"), "approve"))

    removed = case.tell(RemoveItem(host, "fire"))

    assert removed.cancelled == (3,)
    assert removed.finished
    assert removed.joined[0].tally.total == 2


def test_an_interrupting_timer_withdraws_its_host():
    process = drawn(
        "s:start w:message_catch t:boundary_timer a:task x:end e:end",
        "s>w w>a a>e t>x",
        t={"attached_to": "w", "duration": "P60D"},
        x={"outcomes": ("lapsed",)},
    )
    case = Played(process)
    assert case.waiting == ["t", "w"]
    assert [(new.opens, new.parent) for new in case.last.opened] == [(Opens.MESSAGE, None), (Opens.TIMER, -1)]

    lapsed = case.tell(Fired(case.at("t")))
    assert (lapsed.ended, lapsed.cancelled, lapsed.result) == ((2,), (1,), "lapsed")

    other = Played(process)
    answered = other.tell(Arrived(other.at("w")))
    assert (answered.ended, answered.cancelled, other.waiting) == ((1,), (2,), ["a"])


def test_a_reminder_does_not_interrupt_and_comes_once():
    process = drawn(
        "s:start a:task t:boundary_timer n:service_task x:end e:end",
        "s>a a>e t>n n>x",
        t={"attached_to": "a", "duration": "P3D", "interrupting": False},
    )
    case = Played(process)

    case.tell(Fired(case.at("t")))

    assert case.world.acts == ["n"]
    assert case.waiting == ["a"]
    case.tell(Finished(case.at("a"), "done"))
    assert (case.last.finished, case.last.result) == (True, "done")


def test_a_subprocess_ends_when_nothing_is_left_in_it():
    process = drawn(
        "s:start sub:subprocess sub.i:start sub.p:and sub.a:task sub.b:task sub.z:end sub.y:end c:task e:end",
        "s>sub i>p p>a p>b a>z b>y sub>c c>e",
    )
    case = Played(process)
    assert case.waiting == ["a", "b"]
    assert {token.parent for token in case.open.values() if token.node in ("a", "b")} == {1}

    case.tell(Finished(case.at("a"), "done"))
    assert case.waiting == ["b"]
    case.tell(Finished(case.at("b"), "done"))
    assert case.waiting == ["c"]
    assert case.world.outcomes["sub"] == "done"


def test_terminate_inside_a_subprocess_ends_only_the_subprocess():
    process = drawn(
        "s:start q:and sub:subprocess sub.i:start sub.p:and sub.a:task sub.b:task sub.z:stop sub.y:end "
        "c:task j:and e:end",
        "s>q q>sub q>c i>p p>a p>b a>z b>y sub>j c>j j>e",
    )
    case = Played(process)

    case.tell(Finished(case.at("a"), "done"))

    assert case.waiting == ["c"]
    case.tell(Finished(case.at("c"), "done"))
    assert case.last.finished


def test_a_timer_on_a_subprocess_withdraws_all_in_it():
    process = drawn(
        "s:start sub:subprocess sub.i:start sub.p:and sub.a:task sub.b:task sub.z:end sub.y:end "
        "t:boundary_timer c:task e:end x:end",
        "s>sub i>p p>a p>b a>z b>y sub>e t>c c>x",
        t={"attached_to": "sub", "duration": "P1D"},
    )
    case = Played(process)
    case.tell(Finished(case.at("a"), "done"))

    moves = case.tell(Fired(case.at("t")))

    assert case.waiting == ["c"]
    assert [case.tasks[token].node for token in moves.cancelled] == ["b", "sub"]


def test_a_subprocess_for_many_joins_the_results_of_its_ends():
    process = drawn(
        "s:start sub:subprocess sub.i:start sub.a:task sub.x:xor sub.y:end sub.n:end e:end",
        "s>sub i>a a>x x>n?a=refuse x>y* sub>e",
        sub=many("quorum", quorum=2),
        a={"outcomes": ("approve", "refuse")},
        y={"outcomes": ("approve",)},
        n={"outcomes": ("refuse",)},
    )
    case = Played(process, World(values={"departments": DEPARTMENTS}))
    tasks = [token for token in case.open.values() if token.node == "a"]
    assert [dict(case.tasks[task.id].items) for task in tasks] == [
        {"department": each} for each in DEPARTMENTS
    ]

    case.tell(Finished(tasks[0].id, "refuse"))
    case.tell(Finished(tasks[1].id, "approve"))
    assert case.waiting == ["a"]
    case.tell(Finished(tasks[2].id, "approve"))

    assert (case.last.finished, case.last.result) == (True, "approve")
    assert case.last.joined[0].tally.refuse == 1


def test_a_loop_of_automatic_steps_is_stopped():
    process = drawn("s:start m:xor v:service_task x:xor e:end", "s>m m>v v>x x>m* x>e?never")

    with pytest.raises(errors.LoopWithoutRest):
        Played(process)


RETURNS = drawn(
    "s:start r:task p:and a1:task a2:task c:task j:and d:task x:xor e:end",
    "s>r r>p p>a1 p>c a1>a2 a2>j c>j j>d d>x x>e*",
)


def test_a_return_within_a_branch_leaves_the_other_branch_alone():
    case = Played(RETURNS)
    case.tell(Finished(case.at("r"), "done"))
    case.tell(Finished(case.at("a1"), "done"))

    moves = case.tell(JumpTo(case.at("a2"), "a1"))

    assert case.waiting == ["a1", "c"]
    assert len(moves.cancelled) == 1


def test_a_return_before_a_split_withdraws_every_branch():
    case = Played(RETURNS)
    case.tell(Finished(case.at("r"), "done"))
    case.tell(Finished(case.at("c"), "done"))

    case.tell(JumpTo(case.at("a1"), "r"))

    assert case.waiting == ["r"]
    assert len(case.open) == 1


@pytest.mark.parametrize("target", ["a1", "c", "d", "j", "nowhere"])
def test_a_return_into_one_branch_after_the_join_is_refused(target):
    case = Played(RETURNS)
    for node in ("r", "a1", "a2", "c"):
        case.tell(Finished(case.at(node), "done"))
    before = dict(case.open)

    with pytest.raises((errors.ReturnNotAllowed, errors.EventDoesNotFit)):
        case.tell(JumpTo(case.at("d"), target))

    assert case.open == before


def test_a_return_out_of_an_activity_for_many_withdraws_all_of_it():
    process = drawn("s:start a:task m:task e:end", "s>a a>m m>e", m=many())
    case = Played(process, World(values={"departments": DEPARTMENTS}))
    case.tell(Finished(case.at("a"), "done"))

    case.tell(JumpTo(case.at("m", "fire"), "a"))

    assert (case.waiting, len(case.open)) == (["a"], 1)


@pytest.mark.parametrize(
    ("event", "error"),
    [
        (Finished(9, "done"), errors.TokenNotOpen),
        (Finished(1, "approve"), errors.OutcomeNotOffered),
        (Fired(1), errors.EventDoesNotFit),
        (Arrived(1), errors.EventDoesNotFit),
        (AddItem(1, "x"), errors.EventDoesNotFit),
        (RemoveItem(1, "x"), errors.EventDoesNotFit),
        (JumpTo(1, "e"), errors.ReturnNotAllowed),
        (Start(), errors.ProcessAlreadyStarted),
    ],
)
def test_what_does_not_fit_is_refused(event, error):
    process = drawn("s:start a:task e:end", "s>a a>e")

    with pytest.raises(error):
        advance(process, [Token(id=1, node="a")], event, World())


def test_an_instance_answers_once_and_its_host_not_at_all():
    process = drawn("s:start m:task e:end", "s>m m>e", m=many())
    case = Played(process, World(values={"departments": DEPARTMENTS}))
    host, fire = case.at("m"), case.at("m", "fire")
    case.tell(Finished(fire, "approve"))

    for token in (fire, host):
        with pytest.raises(errors.EventDoesNotFit):
            case.tell(Finished(token, "refuse"))
