"""B33: what one voter may choose, and a result that a naive count gives too."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.talking.rules.budgeting import (
    Project,
    Terms,
    Way,
    fault_of_choice,
    papers_of,
    placed,
    projects_of,
    written,
)

PROJECTS = tuple(
    Project(number=number, title=title, text="", cost=cost)
    for number, title, cost in ((1, "路灯", 60), (2, "座椅", 30), (3, "绿化", 30), (4, "球场", 90))
)
BY_NUMBER = {project.number: project for project in PROJECTS}
WITHIN, COUNT = Terms(amount=100, way=Way.WITHIN, most=0), Terms(amount=100, way=Way.COUNT, most=2)


@pytest.mark.parametrize(
    ("chosen", "within", "count"),
    [([], False, False), ([1, 2], True, True), ([1, 2, 3], False, False), ([2, 3], True, True),
     ([1, 4], False, True), ([5], False, False), ([2, 2], False, False)],
)  # fmt: skip
def test_b33_a_choice_stays_within_the_budget_or_the_number(chosen, within, count):
    assert (fault_of_choice(chosen, BY_NUMBER, WITHIN) is None) is within
    assert (fault_of_choice(chosen, BY_NUMBER, COUNT) is None) is count


def test_b33_ties_go_to_the_cheaper_then_to_the_first_and_what_is_too_dear_is_passed_over():
    result = placed(PROJECTS, {1: 5, 2: 5, 3: 5, 4: 9}, 130)

    assert [(each.project.number, each.votes, each.is_paid) for each in result] == [
        (4, 9, True), (2, 5, True), (3, 5, False), (1, 5, False),
    ]  # fmt: skip


@given(
    costs=st.lists(st.integers(1, 50), min_size=2, max_size=8),
    ballots=st.lists(st.sets(st.integers(1, 8)), max_size=20),
    amount=st.integers(1, 200),
)
def test_b33_the_result_is_what_a_naive_count_gives(costs, ballots, amount):
    projects = [Project(number=n, title=str(n), text="", cost=cost) for n, cost in enumerate(costs, start=1)]
    votes = {p.number: sum(1 for ballot in ballots if p.number in ballot) for p in projects}

    result = placed(projects, votes, amount)

    left, waiting, naive = amount, list(projects), []
    while waiting:
        best = waiting[0]
        for one in waiting:
            better = votes[one.number] > votes[best.number]
            if better or (votes[one.number] == votes[best.number] and one.cost < best.cost):
                best = one
        waiting.remove(best)
        paid = votes[best.number] > 0 and best.cost <= left
        left -= best.cost if paid else 0
        naive.append((best.number, votes[best.number], paid))
    assert [(each.project.number, each.votes, each.is_paid) for each in result] == naive
    assert sum(each.project.cost for each in result if each.is_paid) <= amount
    assert all(first.votes >= second.votes for first, second in pairwise(result))


def test_b33_projects_are_read_back_and_none_is_dearer_than_the_budget():
    text = "# 路灯 | 1,200\n换灯。\n# 座椅｜300"
    projects, problems = projects_of(text, 2000)

    assert [(p.number, p.title, p.cost, p.text) for p in projects] == [
        (1, "路灯", 1200, "换灯。"),
        (2, "座椅", 300, ""),
    ]
    assert (problems, projects_of(written(projects), 2000)[0]) == ([], projects)
    for wrong in (
        text.replace("300", "3000"),
        "# 路灯 | 5",
        "路灯\n" + text,
        text.replace("| 1,200", "一千二"),
    ):
        assert {problem.path for problem in projects_of(wrong, 2000)[1]} == {"projects"}


def test_b33_papers_are_choices_or_void():
    assert papers_of("1 2\nx\n3，2\n", BY_NUMBER, WITHIN) == ([[1, 2], [3, 2]], 1, [])
    for wrong in ("1 2 3", "9", "甲", "1,1"):
        assert [problem.path for problem in papers_of(wrong, BY_NUMBER, WITHIN)[2]] == ["papers"]
