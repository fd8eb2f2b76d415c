"""The definition kind ``layers``: a layer over a register, whose tables keep what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.maps.definitions import LayerDefinition
from yiwang.maps.models import Layer
from yiwang.maps.rules.fitting import misfits, unfit_tally
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, Named, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.registers.api import CASES, DRAWN_SOURCES, keep_mapped
from yiwang.registers.definitions import RegisterDefinition


class LayerKind:
    """Layers are declared in ``layers/*.yaml``, one a file named like its code."""

    key: ClassVar[str] = "layers"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = LayerDefinition
    #: After registers, before their data: a table without rows is not written anew.
    order: ClassVar[int] = 22

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(LayerDefinition, source)
        if model is None:
            return None, problems
        content = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """The register is there, and its fields fit what is drawn."""
        layer = _model(definition.content)
        if layer.cases:
            return _of_cases(definition, layer, known)
        if known.lacks("registers", layer.register_code):
            reason = Text(
                f"没有登记簿“{layer.register_code}”", f"there is no register {layer.register_code!r}"
            )
            return [definition.source.problem(("register",), reason)]
        found = known.get("registers", layer.register_code)
        if found is None:
            return []
        register = as_model(RegisterDefinition, found.content)
        problems = [definition.source.problem(path, reason) for path, reason in misfits(layer, register)]
        return problems + _of_tally(definition, layer, known)

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """A layer copies nothing: taking it away loses no data."""
        if wanted is None:
            return (Step(Text("撤下图层", "take the layer down")),)
        if applied is None:
            return (
                Step(
                    Text("发布图层，在登记簿旁留存制图坐标", "publish it; its register keeps map coordinates")
                ),
            )
        return (Step(Text("按新的声明制图", "draw it as it is declared now")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Publish it, or take it down."""
        before = Layer.objects.filter(pk=change.code).first()
        revision = before.revision + 1 if before is not None else 1
        if change.wanted is None:
            Layer.objects.filter(pk=change.code).update(closed_at=at, revision=revision)
            return
        layer = _model(change.wanted.content)
        if layer.register_code:
            keep_mapped(layer.register_code, layer.shape)
        Layer.objects.update_or_create(
            code=layer.code,
            defaults={
                "revision": revision,
                "definition": change.wanted.content,
                "applied_at": at,
                "closed_at": None,
            },
        )


def _of_cases(definition: Definition, layer: LayerDefinition, known: Known) -> list[DefinitionProblem]:
    problems = [
        definition.source.problem(("cases", place), Text(f"没有事项“{code}”", f"there is no item {code!r}"))
        for place, code in enumerate(layer.cases)
        if known.lacks(CASES, code)
    ]
    described = DRAWN_SOURCES.get(CASES).described(layer.cases)
    return problems + [definition.source.problem(path, reason) for path, reason in misfits(layer, described)]


def _of_tally(definition: Definition, layer: LayerDefinition, known: Known) -> list[DefinitionProblem]:
    if layer.measure is None:
        return []
    code = layer.measure.register_code
    if known.lacks("registers", code):
        reason: Text | None = Text(f"没有登记簿“{code}”", f"there is no register {code!r}")
    else:
        counted = known.get("registers", code)
        reason = (
            unfit_tally(layer.measure, as_model(RegisterDefinition, counted.content)) if counted else None
        )
    return [definition.source.problem(("measure",), reason)] if reason is not None else []


def named_in(definition: Definition) -> Iterator[Named]:
    """Organisations that a layer names."""
    layer = _model(definition.content)
    paths: list[tuple[str, tuple[str | int, ...]]] = [
        (code, ("audience", "organisations", place))
        for place, code in enumerate(layer.audience.organisations)
    ]
    for number, field in enumerate(layer.fields):
        paths += [
            (code, ("fields", number, "organisations", place))
            for place, code in enumerate(field.organisations)
        ]
    for code, path in paths:
        yield Named("organisation", code, definition.source.problem(path, Text("", "")))


def _model(content: Json) -> LayerDefinition:
    return as_model(LayerDefinition, content)
