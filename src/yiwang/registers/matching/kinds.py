"""The definition kind ``matchings``: lists that are matched with each other."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.exchange.definitions import ResourceDefinition
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.registers.matching.definitions import FIELDS, MatchingDefinition
from yiwang.registers.matching.models import Matching


class MatchingKind:
    """Matchings are declared in ``matchings/*.yaml``, one a file named like its code."""

    key: ClassVar[str] = "matchings"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = MatchingDefinition
    #: After the resources that it names.
    order: ClassVar[int] = 28

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(MatchingDefinition, source)
        if model is None:
            return None, problems
        return definition_of(self.key, model.code, source, model.model_dump(mode="json")), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """The lists are resources of registers, with the fields that matching reads."""
        wanted = as_model(MatchingDefinition, definition.content)
        problems = []
        for place, name in enumerate(wanted.resources):
            path = ("lists", place, "resource")
            if known.lacks("resources", name):
                reason = Text(f"没有资源“{name}”", f"there is no resource {name!r}")
                problems.append(definition.source.problem(path, reason))
            declared = known.get("resources", name)
            if declared is None:
                continue
            resource = as_model(ResourceDefinition, declared.content)
            missing = sorted(set(FIELDS.values()) - {field.name for field in resource.fields})
            if missing or resource.kind != "register":
                words = ", ".join(missing)
                reason = Text(f"该资源缺少字段：{words}", f"the resource lacks fields: {words}")
                problems.append(definition.source.problem(path, reason))
        return problems

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Say what changes; differences that were found stay."""
        if wanted is None:
            return (Step(Text("停止比对", "stop matching")),)
        if applied is None:
            return (Step(Text("可以比对这些名单", "lists can be matched")),)
        return (Step(Text("下次比对按新的定义", "the next matching follows the new definition")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Put it in force, or close it."""
        if change.wanted is None:
            Matching.objects.filter(code=change.code).update(closed_at=at)
            return
        Matching.objects.update_or_create(
            code=change.code,
            defaults={"definition": change.wanted.content, "applied_at": at, "closed_at": None},
        )
