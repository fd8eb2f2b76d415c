"""The same tables in SpiffWorkflow's DMN engine must give the same answers (it reads cells as Python)."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.DMNParser import DMNParser
from tests.unit.cases.dmn.tables import document, model, table

from yiwang.cases.rules.dmn.evaluation import evaluate

NAMESPACES = {"dmn": "https://www.omg.org/spec/DMN/20191111/MODEL/"}

# Disjoint in the first column, so that "stop at the first" and "exactly one" are the same.
UNIQUE = table(
    [("x", "number"), ("y", "string")],
    [("body", "string"), ("fee", "number")],
    [
        ["< 10", "-", '"street"', "0"],
        ["? >= 10 and ? < 100", '"house"', '"district"', "50"],
        ["? >= 10 and ? < 100", '"plant"', '"city"', "x * 2"],
        [">= 100", "-", '"province"', "1000"],
    ],
)
COLLECT = table(
    [("x", "number"), ("y", "string")],
    [("body", "string")],
    [["> 5", "-", '"fire"'], ["-", '"plant"', '"environment"'], ["<= 50", '!= "house"', '"water"']],
    policy="COLLECT",
)


def spiff(decision: str, data: dict[str, object]) -> dict[str, object]:
    parser = DMNParser(None, etree.fromstring(document(decision)), NAMESPACES)
    parser.parse()
    task = SimpleNamespace(data=dict(data), workflow=SimpleNamespace(script_engine=PythonScriptEngine()))
    return DMNEngine(parser.decision.decisionTables[0]).result(task)


@pytest.mark.parametrize("decision", [UNIQUE, COLLECT], ids=["unique", "collect"])
@given(st.integers(-5, 200), st.sampled_from(["house", "plant", "other"]))
def test_same_answers(decision: str, x: int, y: str) -> None:
    ours = evaluate(model(decision), "d", {"x": x, "y": y})
    theirs = spiff(decision, {"x": x, "y": y})

    if decision is COLLECT:
        assert {"body": ours} == (theirs or {"body": []})
    else:
        assert (ours or {}) == theirs
