"""``decisions/*.dmn``: decision tables. They apply with the service items that use them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.cases.rules.dmn.checks import check_model
from yiwang.cases.rules.dmn.reading import read_model
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import definition_of
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json


class DecisionKind:
    """A DMN file; its code is the file's name."""

    key: ClassVar[str] = "decisions"
    suffixes: ClassVar[tuple[str, ...]] = (".dmn",)
    model: ClassVar[type[BaseModel] | None] = None
    order: ClassVar[int] = 40

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Read and judge the tables; a case that no rule covers is a warning."""
        model, problems = read_model(source.content, source.shown)
        if model is None:
            return None, problems
        report = check_model(model)
        if report.problems:
            return None, list(report.problems)
        content: Json = {"xml": source.content.decode(), "decisions": [*sorted(model.decisions)]}
        return definition_of(self.key, source.path.stem, source, content), list(report.warnings)

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """A decision's id is unique in the city, since processes name it alone."""
        own = decision_ids(definition)
        return [
            definition.source.problem(
                (),
                Text(
                    f"决策“{key}”在{other.source.shown}中也有",
                    f"decision {key!r} stands in {other.source.shown} too",
                ),
            )
            for other in known.of_kind(self.key)
            if other.code != definition.code
            for key in own & decision_ids(other)
        ]

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Running cases keep the tables that they began with, so nothing is lost."""
        if wanted is None:
            return (Step(Text("不再使用该决策表", "Use this decision table no more")),)
        return (Step(Text("采用决策表", "Use this decision table")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Nothing by itself: the service items that name it take it along."""


def decision_ids(definition: Definition) -> set[str]:
    """The decisions of a DMN definition."""
    assert isinstance(definition.content, dict)  # noqa: S101 - written by read() above
    listed = definition.content["decisions"]
    return {str(key) for key in listed} if isinstance(listed, list) else set()
