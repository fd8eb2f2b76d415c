"""The join of opinions against a naive oracle that tries every way in which the missing answers may fall."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.cases.rules.process.join import Certain, Opinion, Pending, joined, tally
from yiwang.cases.rules.process.model import JoinKind, JoinRule

OUTCOMES = ("approve", "conditional", "refuse", "abstain")
DECISIVE = ("approve", "refuse")

rules = st.one_of(
    st.sampled_from([JoinKind.ALL, JoinKind.ANY, JoinKind.VETO]).map(lambda kind: JoinRule(kind=kind)),
    st.builds(
        lambda kind, quorum: JoinRule(kind=kind, quorum=quorum),
        st.sampled_from([JoinKind.QUORUM, JoinKind.WEIGHTED]),
        st.one_of(st.integers(1, 7), st.sampled_from([Decimal("0.5"), Decimal("0.67"), Decimal("1.0")])),
    ),
)
answers = st.lists(st.tuples(st.sampled_from(OUTCOMES), st.integers(1, 4)), min_size=1, max_size=5)


def final(rule: JoinRule, opinions: list[Opinion]) -> str:
    """Everyone has answered: the result in plain words of the law, with nothing clever."""
    against = sum(1 for each in opinions if each.outcome == "refuse")
    support = [each for each in opinions if each.outcome in ("approve", "conditional")]
    if rule.kind in (JoinKind.ALL, JoinKind.VETO):
        reached = against == 0
    elif rule.kind is JoinKind.ANY:
        reached = bool(support)
    else:
        heavy = rule.kind is JoinKind.WEIGHTED
        have = sum(each.weight if heavy else 1 for each in support)
        asked = sum(each.weight if heavy else 1 for each in opinions)
        if isinstance(rule.quorum, int):
            needed = min(rule.quorum, asked)
        else:
            needed = rule.quorum * asked if heavy else math.ceil(rule.quorum * asked)
        reached = bool(support) and have >= needed
    if not reached:
        return "refuse"
    return "conditional" if any(each.outcome == "conditional" for each in support) else "approve"


def reached_by(rule: JoinRule, opinions: list[Opinion]) -> bool:
    return final(rule, opinions) != "refuse"


@given(rules, answers)
def test_when_all_have_answered_the_result_is_the_plain_one(rule, given_answers):
    opinions = [Opinion(outcome, Decimal(weight)) for outcome, weight in given_answers]

    assert joined(rule, len(opinions), opinions) == Certain(final(rule, opinions))


@given(rules, answers, st.data())
def test_a_join_is_certain_exactly_when_missing_answers_cannot_turn_it(rule, given_answers, data):
    everyone = [Opinion(outcome, Decimal(weight)) for outcome, weight in given_answers]
    heard = data.draw(st.integers(0, len(everyone)))
    opinions, silent = everyone[:heard], everyone[heard:]
    outstanding = sum((each.weight for each in silent), Decimal(0))

    now = joined(rule, len(everyone), opinions, outstanding)

    ends = {
        reached_by(
            rule, [*opinions, *(Opinion(o, each.weight) for o, each in zip(fall, silent, strict=True))]
        )
        for fall in itertools.product(DECISIVE, repeat=len(silent))
    }
    if rule.kind is JoinKind.ALL and silent:
        assert now == Pending()  # everyone is heard, even when the end is clear
    elif rule.kind is JoinKind.VETO and silent and ends == {True}:
        raise AssertionError("unreachable: a missing answer may always be a veto")
    elif len(ends) == 2:
        assert now == Pending()
    else:
        assert isinstance(now, Certain)
        assert (now.result != "refuse") == ends.pop()


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        ("all", "approve"),
        ("veto", "approve"),
        ("any", "refuse"),
        ("quorum", "refuse"),
        ("weighted", "refuse"),
    ],
)
def test_nobody_asked(kind, result):
    assert joined(JoinRule(kind=JoinKind(kind), quorum=1), 0, []) == Certain(result)


def test_a_veto_ends_at_once_and_is_counted():
    rule = JoinRule(kind=JoinKind.VETO, veto_outcome="object")
    opinions = [Opinion("approve"), Opinion("object")]

    assert joined(rule, 5, opinions) == Certain("refuse")
    counted = tally(rule, opinions, "refuse")
    assert (counted.approve, counted.conditional, counted.refuse, counted.total) == (1, 0, 1, 2)


def test_all_waits_for_every_reason():
    rule = JoinRule(kind=JoinKind.ALL)

    assert joined(rule, 3, [Opinion("refuse"), Opinion("approve")]) == Pending()
    assert joined(rule, 3, [Opinion("refuse"), Opinion("approve"), Opinion("approve")]) == Certain("refuse")


def test_two_thirds_by_weight():
    rule = JoinRule(kind=JoinKind.WEIGHTED, quorum=Decimal("0.6"))

    assert joined(rule, 3, [Opinion("approve", Decimal(5))], Decimal(5)) == Pending()
    assert joined(rule, 3, [Opinion("approve", Decimal(6))], Decimal(4)) == Certain("approve")
    assert joined(rule, 3, [Opinion("refuse", Decimal(5))], Decimal(5)) == Certain("refuse")
