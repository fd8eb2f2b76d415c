"""Writes small DMN files for tests."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from yiwang.cases.rules.dmn.model import DecisionModel
from yiwang.cases.rules.dmn.reading import read_model

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="n">'


def table(
    inputs: Sequence[tuple[str, ...]],
    outputs: Sequence[tuple[str, ...]],
    rules: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    extra: str = "",
    key: str = "d",
    needs: str = "",
) -> str:
    """One decision on one line: inputs (expression, type, allowed), outputs (and default)."""
    columns = "".join(_input(number, *column) for number, column in enumerate(inputs))
    columns += "".join(_output(number, *column) for number, column in enumerate(outputs))
    rows = "".join(
        f'<rule id="{key}_r{number}">'
        + "".join(
            f'<{"inputEntry" if index < len(inputs) else "outputEntry"} id="{key}_{number}_{index}">'
            f"<text>{escape(cell)}</text></{'inputEntry' if index < len(inputs) else 'outputEntry'}>"
            for index, cell in enumerate(row)
        )
        + "</rule>"
        for number, row in enumerate(rules, 1)
    )
    return (
        f'<decision id="{key}" name="{key}">{needs or require("x", "y")}'
        f'<decisionTable id="{key}_t" hitPolicy="{policy}"{extra}>{columns}{rows}</decisionTable></decision>'
    )


def require(*inputs: str, decisions: Sequence[str] = ()) -> str:
    """Information requirements."""
    made = [f'<requiredInput href="#{name}"/>' for name in inputs]
    made += [f'<requiredDecision href="#{name}"/>' for name in decisions]
    return "".join(f"<informationRequirement>{one}</informationRequirement>" for one in made)


def _input(number: int, expression: str, kind: str = "", allowed: str = "") -> str:
    values = f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else ""
    typed = f' typeRef="{kind}"' if kind else ""
    text = f"<inputExpression{typed}><text>{escape(expression)}</text></inputExpression>"
    return f'<input id="i{number}" label="{expression}">{text}{values}</input>'


def _output(number: int, name: str, kind: str = "", allowed: str = "", default: str = "") -> str:
    values = f"<outputValues><text>{escape(allowed)}</text></outputValues>" if allowed else ""
    values += f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    typed = f' typeRef="{kind}"' if kind else ""
    return f'<output id="o{number}" name="{name}"{typed}>{values}</output>'


def document(*decisions: str) -> bytes:
    """A file with the inputs x and y and these decisions, one line each, the first on line 2."""
    inputs = '<inputData id="x" name="x"/><inputData id="y" name="y"/>'
    return f"{HEAD}{inputs}\n{chr(10).join(decisions)}\n</definitions>".encode()


def model(*decisions: str) -> DecisionModel:
    """The model of a file that must be right."""
    read, problems = read_model(document(*decisions), "t.dmn")
    assert problems == []
    assert read is not None
    return read
