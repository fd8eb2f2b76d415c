"""The definition kind ``scoring``: how departments and officers are scored."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.insight.definitions import ScoringScheme
from yiwang.insight.models import Scheme
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json


class ScoringKind:
    """Schemes are declared in ``scoring/*.yaml``, one a file named like its code; a city has one."""

    key: ClassVar[str] = "scoring"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = ScoringScheme
    order: ClassVar[int] = 70

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(ScoringScheme, source)
        if model is None:
            return None, problems
        return definition_of(self.key, model.code, source, model.model_dump(mode="json")), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Two schemes would give two scores for the same work."""
        others = [other for other in known.of_kind(self.key) if other.code != definition.code]
        return [
            definition.source.problem(
                (),
                Text(f"城市已按{other.source.shown}评分", f"the city already scores by {other.source.shown}"),
            )
            for other in others
        ]

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Scores are computed when they are read, so a change shows at once, for past months too."""
        if wanted is None:
            return (Step(Text("停用评分办法", "stop scoring")),)
        if applied is None:
            return (Step(Text("启用评分办法", "begin scoring")),)
        return (Step(Text("按新的权重计算所有月份的评分", "score all months by the new weights")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Put it in force, or close it."""
        if change.wanted is None:
            Scheme.objects.filter(code=change.code).update(closed_at=at)
            return
        Scheme.objects.update_or_create(
            code=change.code,
            defaults={"definition": change.wanted.content, "applied_at": at, "closed_at": None},
        )
