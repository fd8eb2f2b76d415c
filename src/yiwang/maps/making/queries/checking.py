"""Whether an officer may publish what a draft says: whole, fitting, and giving nothing away."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import ValidationError

from yiwang.identity.api import find_organisation
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.maps.definitions import LayerDefinition
from yiwang.maps.making.contracts import Part
from yiwang.maps.making.queries.drawable import drawable_layer, drawable_source
from yiwang.maps.rules.fitting import misfits
from yiwang.packs.api import reason_of
from yiwang.platform.contracts import Actor
from yiwang.registers.api import Mapped

_NOT_YOURS = Text(
    "没有您可以制图的这个登记簿或图形字段", "There is no such register or shape that you may draw"
)

_NOT_YOUR_CASES = Text("没有您可以制图的这些办件事项", "There are no such items whose cases you may draw")


def check_layer(actor: Actor, data: Part) -> tuple[LayerDefinition | None, tuple[FieldProblem, ...]]:
    """A definition, or what is wrong with it: each problem with its path in the definition."""
    try:
        layer = LayerDefinition.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        return None, tuple(FieldProblem(_path(fault["loc"]), reason_of(fault)) for fault in error.errors())
    drawn = drawable_source(actor, layer)
    if drawn is None:
        missing = ("cases", _NOT_YOUR_CASES) if layer.cases else ("register", _NOT_YOURS)
        return None, (FieldProblem(*missing),)
    problems = tuple(_unfitting(layer, drawn))
    seen = drawable_layer(actor, layer)
    if seen is None:
        return None, (*problems, FieldProblem("measure", _NOT_YOURS))
    problems = (*problems, *_faults(layer, seen))
    return (None if problems else layer), problems


def _unfitting(layer: LayerDefinition, drawn: Mapped) -> Iterator[FieldProblem]:
    for where, reason in misfits(layer, drawn.definition):
        yield FieldProblem(_path(where), reason)


def _faults(layer: LayerDefinition, drawn: Mapped) -> Iterator[FieldProblem]:
    for place, field in enumerate(layer.fields):
        # whoever makes a layer names no field that he does not see himself
        if field.name not in drawn.columns and drawn.definition.find(field.name) is not None:
            yield FieldProblem(f"fields.{place}", _unseen(field.name))
    chosen_by = [(f"only.{place}", only.field) for place, only in enumerate(layer.only)]
    for path, name in [*(("style", name) for name in sorted(layer.styled_by())), *chosen_by]:
        if name in drawn.columns and name not in drawn.clear:
            yield FieldProblem(
                path, Text(f"字段“{name}”在列表中是隐去的", f"the field {name!r} is masked in lists")
            )
    named = [("audience", code) for code in layer.audience.organisations]
    named += [
        (f"fields.{place}", code) for place, field in enumerate(layer.fields) for code in field.organisations
    ]
    for path, code in named:
        if find_organisation(code) is None:
            yield FieldProblem(path, Text(f"城市没有机构“{code}”", f"the city has no organisation {code!r}"))


def _unseen(name: str) -> Text:
    return Text(f"登记簿没有字段“{name}”", f"the register has no field {name!r}")


def _path(parts: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in parts)
