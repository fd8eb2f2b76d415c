"""Where an organisation keeps results of studies: a register of its own that has the fields."""

from __future__ import annotations

from yiwang.platform.contracts import Actor
from yiwang.registers.api import list_registers
from yiwang.registers.definitions import FieldKind, RegisterDefinition

#: What such a register has; figures go into fields of their names where it has them.
_NEEDED = {
    "code": FieldKind.TEXT,
    "result": FieldKind.TEXT,
    "name": FieldKind.TEXT,
    "other": FieldKind.TEXT,
    "place": FieldKind.POINT,
    "course": FieldKind.PATH,
    "ground": FieldKind.AREA,
}


def register_of_results(actor: Actor) -> RegisterDefinition | None:
    """The first register that the organisation alone owns and writes; None where it has none.

    A register with other sources, or that everybody reads, would show results to who may not see what
    they were made of.
    """
    return next(
        (
            each
            for each in list_registers()
            if each.owner == actor.organisation and not each.sources and not each.open and _fits(each)
        ),
        None,
    )


def _fits(register: RegisterDefinition) -> bool:
    found = {field.name: field.kind for field in register.fields}
    return all(found.get(name) is kind for name, kind in _NEEDED.items())
