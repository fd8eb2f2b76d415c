"""Registers that a declaration names, with the fields that it wants of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import as_model
from yiwang.packs.contracts import Known, SourceFile
from yiwang.registers.definitions import SHAPES, RegisterDefinition

#: Where something stands in a file.
Place = tuple[str, ...]
#: Where the field stands that is drawn.
SHAPE: Place = ("shape",)


def misnamed(
    source: SourceFile, known: Known, register: str, fields: Mapping[Place, str], *, at: Place = ()
) -> list[DefinitionProblem]:
    """Say what is not there, or of another kind; of a register that is not known yet nothing is said.

    ``at`` is where the register stands in the file, ``fields`` are names by their places below it.
    """
    if known.lacks("registers", register):
        reason = Text(f"没有登记簿“{register}”", f"there is no register {register!r}")
        return [source.problem((*at, "register"), reason)]
    applied = known.get("registers", register)
    if applied is None:
        return []
    found = _misfits(as_model(RegisterDefinition, applied.content), fields)
    return [source.problem((*at, *place), reason) for place, reason in found]


def _misfits(register: RegisterDefinition, fields: Mapping[Place, str]) -> Iterator[tuple[Place, Text]]:
    for place, name in fields.items():
        field = register.find(name)
        if field is None:
            yield (
                place,
                Text(
                    f"登记簿“{register.code}”没有字段“{name}”",
                    f"the register {register.code!r} has no field {name!r}",
                ),
            )
        elif (place == SHAPE) != (field.kind in SHAPES):
            yield place, Text(f"字段“{name}”的类型不合", f"the field {name!r} is of another kind")
