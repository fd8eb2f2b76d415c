"""Pictures: no step lies over another, every line begins and ends at its steps, no name covers a step."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree
from tests.unit.cases.process.blocks import processes

from yiwang.cases.rules.process.bpmn_xml import BPMNDI, DC, DI
from yiwang.cases.rules.process.labels import Box
from yiwang.cases.rules.process.layout import laid_out
from yiwang.cases.rules.process.model import BOUNDARIES

PACKS = Path(__file__).parents[4] / "packs"


@settings(max_examples=150, deadline=None)
@given(processes("xor", "and", "or", "loop", "sub", "timed", "many", leaves=10))
def test_steps_do_not_overlap_and_lines_meet_their_steps(process):
    picture = laid_out(process)

    assert set(picture.boxes) == {node.id for node in process.nodes}
    for one, other in itertools.combinations(process.nodes, 2):
        if one.scope == other.scope and not {one.kind, other.kind} & BOUNDARIES:
            assert not picture.boxes[one.id].meets(picture.boxes[other.id]), (one.id, other.id)
    for flow in process.flows:
        line = picture.lines[flow.id]
        assert _touches(picture.boxes[flow.source], line[0]), flow.id
        assert _touches(picture.boxes[flow.target], line[-1]), flow.id
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(line)), flow.id
        assert min(min(point) for point in line) >= 0


def _touches(box: Box, point: tuple[int, int]) -> bool:
    return box.meets(Box(*point, 0, 0))


@pytest.mark.parametrize("file", sorted(PACKS.rglob("*.bpmn")), ids=lambda file: file.stem)
def test_the_pictures_of_the_packs_are_whole_and_clear(file):
    root = etree.parse(file).getroot()
    drawn = {
        shape.get("bpmnElement") for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")
    }
    process = next(root.iter("{*}process"))
    assert drawn == {each.get("id") for each in process.iter() if each.get("id")} - {process.get("id")}
    shapes = {shape.get("bpmnElement"): _box(shape[0]) for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    events = {each.get("id"): each.get("attachedToRef") for each in root.iter("{*}boundaryEvent")}
    labels = [_box(label[0]) for label in root.iter(f"{{{BPMNDI}}}BPMNLabel")]
    for (one, box), (other, near) in itertools.combinations(shapes.items(), 2):
        assert not box.meets(near) or events.get(one) == other or events.get(other) == one, (one, other)
    for label in labels:
        assert not any(label.meets(box) for box in shapes.values())
    for one, other in itertools.combinations(labels, 2):
        assert not one.meets(other)
    for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        points = [(float(p.get("x")), float(p.get("y"))) for p in edge.iter(f"{{{DI}}}waypoint")]
        assert points[0][0] <= points[-1][0] or len(points) == 4, "only a loop runs back"


def _box(bounds: etree._Element) -> Box:
    assert bounds.tag == f"{{{DC}}}Bounds"
    return Box(*(round(float(bounds.get(side))) for side in ("x", "y", "width", "height")))
