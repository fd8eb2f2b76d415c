"""The definition kind ``assessment``: by which indicators departments are assessed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import as_known, as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.portal.assessing.contracts import NoAssessmentScheme
from yiwang.portal.assessing.definitions import AssessmentScheme


class AssessmentKind:
    """Schemes are declared in ``assessment/*.yaml``, one a file named like its code; a city has one."""

    key: ClassVar[str] = "assessment"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = AssessmentScheme
    order: ClassVar[int] = 76

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(AssessmentScheme, source)
        if model is None:
            return None, problems
        return definition_of(self.key, model.code, source, model.model_dump(mode="json")), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Two schemes would give two scores for the same work."""
        return [
            definition.source.problem(
                (),
                Text(
                    f"城市已按{other.source.shown}考评", f"the city assesses by {other.source.shown} already"
                ),
            )
            for other in known.of_kind(self.key)
            if other.code != definition.code
        ]

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Scores are computed when they are read, so a change shows at once, for past periods too."""
        if wanted is None:
            return (Step(Text("停用考评办法", "stop assessing")),)
        if applied is None:
            return (Step(Text("启用考评办法", "begin assessing")),)
        return (Step(Text("按新的指标计算所有时期的考评", "assess all periods by the new indicators")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Nothing is kept beside the applied definition."""


def scheme_in_force() -> AssessmentScheme:
    """The scheme that a pack declares; raises NoAssessmentScheme."""
    for definition in as_known(AssessmentKind.key).of_kind(AssessmentKind.key):
        return as_model(AssessmentScheme, definition.content)
    raise NoAssessmentScheme
