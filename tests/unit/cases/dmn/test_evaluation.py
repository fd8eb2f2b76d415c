"""Hit policies, types, required decisions, explanations."""

from __future__ import annotations

import pytest
from tests.unit.cases.dmn.tables import model, require, table

from yiwang.cases.rules.dmn.errors import DecisionNotFound, InputNotAllowed, RulesDisagree
from yiwang.cases.rules.dmn.evaluation import evaluate, explain

X = [("x", "number")]
STEPS = [["< 10", '"low"'], [">= 5", '"middle"'], [">= 8", '"high"']]
RANKED = [("out", "string", '"high","middle","low"')]


@pytest.mark.parametrize(
    ("policy", "x", "expected"),
    [
        ("UNIQUE", 1, "low"),
        ("FIRST", 9, "low"),
        ("FIRST", 20, "middle"),
        ("PRIORITY", 9, "high"),
        ("PRIORITY", 6, "middle"),
        ("RULE ORDER", 9, ["low", "middle", "high"]),
        ("OUTPUT ORDER", 9, ["high", "middle", "low"]),
        ("COLLECT", 9, ["low", "middle", "high"]),
        ("COLLECT", None, []),
        ("UNIQUE", None, None),
    ],
)
def test_hit_policies(policy: str, x: object, expected: object) -> None:
    assert evaluate(model(table(X, RANKED, STEPS, policy=policy)), "d", {"x": x}) == expected


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", 35), ("COUNT", 3), ("MIN", 5), ("MAX", 20)])
def test_aggregations(aggregation: str, expected: int) -> None:
    rules = [["> 1", "5"], ["> 2", "10"], ["> 3", "20"], ["> 4", "40"]]
    made = table(X, [("fee", "number")], rules, policy="COLLECT", extra=f' aggregation="{aggregation}"')

    assert evaluate(model(made), "d", {"x": 4}) == expected


def test_rules_that_contradict_each_other_are_named() -> None:
    any_table = model(table(X, [("out",)], [["> 1", "1"], ["> 2", "1"], ["> 3", "2"]], policy="ANY"))

    assert evaluate(any_table, "d", {"x": 3}) == 1
    with pytest.raises(RulesDisagree) as caught:
        evaluate(any_table, "d", {"x": 4})
    assert caught.value.rules == "1, 2, 3"
    with pytest.raises(RulesDisagree):
        evaluate(model(table(X, RANKED, STEPS)), "d", {"x": 9})


def test_several_outputs_defaults_and_two_columns() -> None:
    made = table(
        [("x", "string"), ("y.area", "number")],
        [("fee", "number", "", "0"), ("body", "string", "", '"office"')],
        [['"a","b"', "[1..10)", "x = null", '"s"'], ["-", ">= 10", "y.area * 2", '"planning"']],
    )

    assert evaluate(model(made), "d", {"x": "a", "y": {"area": 10}}) == {"fee": 20, "body": "planning"}
    assert evaluate(model(made), "d", {"x": "c", "y": {"area": 1}}) == {"fee": 0, "body": "office"}


def test_types_and_allowed_values_of_inputs() -> None:
    typed = model(table([("x", "number", "[0..100]")], [("out",)], [["-", "1"]]))

    assert evaluate(typed, "d", {"x": 100}) == 1
    assert evaluate(typed, "d", {"x": None}) == 1
    for wrong in (101, "100", True):
        with pytest.raises(InputNotAllowed):
            evaluate(typed, "d", {"x": wrong})


def test_date_columns_read_iso_text() -> None:
    dated = model(
        table([("x", "date")], [("out",)], [['< date("2003-07-01")', "1"], ["-", "2"]], policy="FIRST")
    )

    assert evaluate(dated, "d", {"x": "2003-06-30"}) == 1
    assert evaluate(dated, "d", {"x": "2003-07-01"}) == 2


def test_required_decisions_come_first_and_are_explained() -> None:
    area = (
        f'<decision id="area" name="总面积">{require("x")}'
        "<literalExpression><text>x.floor + x.site</text></literalExpression></decision>"
    )
    size = table(
        [("area", "number")], [("size",)], [["< 100", '"small"'], [">= 100", '"large"']], key="size",
        needs=require(decisions=["area"]),
    )  # fmt: skip
    bodies = table(
        [("size", "string"), ("总面积", "number")], [("body",)], [['"large"', "> 1", '"fire"']], key="bodies",
        policy="COLLECT", needs=require(decisions=["size", "area"]),
    )  # fmt: skip
    made = model(bodies, size, area)

    explained = explain(made, "bodies", {"x": {"floor": 60, "site": 60}})

    assert list(made.decisions) == ["area", "size", "bodies"]
    assert explained.answer == ["fire"]
    assert explained.inputs == (("size", "large"), ("总面积", 120))
    assert [(hit.number, hit.rule_id) for hit in explained.hits] == [(1, "bodies_r1")]
    assert [(part.decision_id, part.answer) for part in explained.needed] == [
        ("size", "large"),
        ("area", 120),
    ]
    with pytest.raises(DecisionNotFound):
        explain(made, "nothing", {})
