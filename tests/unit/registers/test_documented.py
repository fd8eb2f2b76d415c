"""The reference page names every kind of field, and its example is a register."""

from __future__ import annotations

import re

from yiwang.packs.strict_yaml import parse
from yiwang.platform.environment import ROOT
from yiwang.registers.definitions import FieldKind, RegisterDefinition

PAGE = (ROOT / "docs" / "reference" / "registers.md").read_text(encoding="utf-8")


def test_every_kind_of_field_is_explained():
    explained = set(re.findall(r"`([a-z_]+)`", PAGE))

    assert {kind.value for kind in FieldKind} <= explained


def test_the_example_is_a_register():
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    # the subject of a tree is nobody: the line shows the form only
    text = "\n".join(line for line in example.splitlines() if not line.startswith("subject:"))

    parsed = parse(text.encode(), "example")

    assert parsed.problems == []
    assert RegisterDefinition.model_validate(parsed.data).names == ("number", "species", "division")
