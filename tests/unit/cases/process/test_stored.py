"""A stored process comes back equal, and equal processes have equal texts."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.cases.rules.process.model import Flow, JoinKind, JoinRule, Many, Node, NodeKind, Process
from yiwang.cases.rules.process.stored import from_json, to_json
from yiwang.kernel.text import Text

words = st.text(min_size=1, max_size=8)
maybe = st.none() | words
texts = st.builds(Text, zh=words, en=words)
quorums = st.none() | st.integers(1, 9) | st.decimals("0.01", "1", places=2)
rules = st.builds(JoinRule, kind=st.sampled_from(JoinKind), quorum=quorums, weights=maybe, veto_outcome=words)
nodes = st.builds(
    Node,
    id=words,
    kind=st.sampled_from(NodeKind),
    name=texts,
    role=maybe,
    outcomes=st.lists(words, max_size=3).map(tuple),
    many=st.none() | st.builds(Many, collection=words, item=words, rule=rules),
    interrupting=st.booleans(),
    scope=maybe,
)
flows = st.builds(Flow, id=words, source=words, target=words, condition=maybe, name=texts)
processes = st.builds(
    Process,
    key=words,
    name=texts,
    clock=maybe,
    nodes=st.lists(nodes, max_size=4).map(tuple),
    flows=st.lists(flows, max_size=4).map(tuple),
)


@given(processes)
def test_a_process_survives_storage(process):
    text = json.dumps(to_json(process))

    back = from_json(json.loads(text))

    assert back == process
    assert json.dumps(to_json(back)) == text


def test_a_share_of_one_does_not_become_a_count_of_one():
    rule = JoinRule(kind=JoinKind.QUORUM, quorum=Decimal(1))
    node = Node(id="a", kind=NodeKind.USER_TASK, many=Many(collection="c", rule=rule))

    back = from_json(to_json(Process(key="p", nodes=(node,))))

    assert isinstance(back.node("a").many.rule.quorum, Decimal)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"format": 2, "key": "a"},
        {"format": 1},
        {"format": 1, "key": "a", "colour": "red"},
        {"format": 1, "key": "a", "nodes": [{"id": "x"}]},
        {"format": 1, "key": "a", "nodes": [{"id": "x", "kind": "script"}]},
        {"format": 1, "key": "a", "nodes": "x"},
        {"format": 1, "key": "a", "name": {"zh": "一"}},
    ],
)
def test_what_is_no_stored_process_is_refused(wrong):
    with pytest.raises(ValueError, match=r"stored process|NodeKind"):
        from_json(wrong)
