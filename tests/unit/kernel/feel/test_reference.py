"""The reference page of conditions names every built-in function with its parameters, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from yiwang.kernel.feel.functions.catalogue import SUBJECTS
from yiwang.kernel.feel.functions.definition import CATALOGUE, Builtin

PAGE = Path(__file__).parents[4] / "docs/reference/conditions.md"


def written(builtin: Builtin) -> str:
    parameters = ", ".join(
        f"{one.name}: {' or '.join(one.kinds) or 'any'}{'?' * one.optional}{'…' * one.repeats}"
        for one in builtin.parameters
    )
    return f"{builtin.name}({parameters})" + " or the members written out" * builtin.variadic


def test_the_page_is_the_catalogue() -> None:
    functions = PAGE.read_text(encoding="utf-8").partition("## Functions")[2]
    told = {line for line in functions.splitlines() if re.match(r"[a-z ]+\(", line)}

    assert told == {written(one) for signatures in CATALOGUE.values() for one in signatures}
    assert len(SUBJECTS) == functions.count("### ")
