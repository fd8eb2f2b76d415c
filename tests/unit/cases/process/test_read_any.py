"""Whatever is in a file, reading and judging it ends in a process or in problems, never in an error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from yiwang.cases.rules.process.read_bpmn import read_bpmn
from yiwang.cases.rules.process.soundness import faults
from yiwang.cases.rules.process.stored import from_json, to_json

PACKS = Path(__file__).parents[4] / "packs"
FILES = [(PACKS / "investment_approval/processes/investment_approval.bpmn").read_bytes()]
FILES.append((PACKS / "company_start/processes/company_start.bpmn").read_bytes())


def spoilt(content: bytes, seed: int) -> bytes:
    """A few elements dropped, moved or renamed, a few attributes dropped or swapped."""
    dice = random.Random(seed)
    root = etree.fromstring(content)
    for _ in range(dice.randint(1, 4)):
        elements = [each for each in root.iter() if each.getparent() is not None]
        one, other = dice.choice(elements), dice.choice(elements)
        way = dice.randint(0, 5)
        if way == 0:
            one.getparent().remove(one)
        elif way == 1 and one not in list(other.iterancestors()) and one is not other:
            other.append(one)
        elif way == 2:
            one.tag = other.tag
        elif way == 3 and one.attrib:
            del one.attrib[dice.choice(list(one.attrib))]
        elif way == 4 and one.attrib and other.attrib:
            one.set(dice.choice(list(one.attrib)), other.get(dice.choice(list(other.attrib))))
        else:
            one.text = other.text
    return etree.tostring(root)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 10**9))
def test_a_spoilt_file_is_judged(content, seed):
    drawing, problems = read_bpmn(spoilt(content, seed), "x.bpmn")

    assert (drawing is None) == bool(problems)
    if drawing is not None:
        found = faults(drawing)
        assert all(problem.file == "x.bpmn" and problem.reason for problem in found)
        assert from_json(to_json(drawing.process)) == drawing.process


@given(st.binary(max_size=200))
def test_bytes_are_no_process(content):
    drawing, problems = read_bpmn(content, "x.bpmn")

    assert drawing is None
    assert len(problems) == 1


def test_a_drawing_nobody_can_read_is_refused():
    tasks = "".join(f'<userTask id="t{n}" name="办" yw:nameEn="Do" yw:role="handler"/>' for n in range(301))
    content = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:yw="urn:yiwang:bpmn:1">'
        f'<process id="p" name="甲" yw:nameEn="A">{tasks}</process></definitions>'
    )

    _, problems = read_bpmn(content.encode(), "x.bpmn")

    assert [problem.reason.en for problem in problems] == ["has 301 steps; 300 are allowed"]


@pytest.mark.parametrize("depth", [7, 300])
def test_nesting_is_bounded(depth):
    opened = "".join(f'<subProcess id="s{n}" name="子" yw:nameEn="Sub">' for n in range(depth))
    content = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:yw="urn:yiwang:bpmn:1">'
        f'<process id="p" name="甲" yw:nameEn="A">{opened}{"</subProcess>" * depth}</process></definitions>'
    )

    drawing, problems = read_bpmn(content.encode(), "x.bpmn")

    assert drawing is None
    assert problems
