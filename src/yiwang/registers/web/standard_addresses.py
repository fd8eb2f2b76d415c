"""Addresses of an entry that an officer writes, compared with the standard ones before anything is entered.

The code and the point of the standard address go into the fields that the register declares for them
(``addresses``). What the officer writes there by hand stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, picked_place
from yiwang.registers.address_books import AddressBook, BookAddress
from yiwang.registers.address_choices import (
    WHICH_ADDRESS,
    PickedAddress,
    address_book,
    choosing,
    noted_address,
)
from yiwang.registers.care import StandardAddress
from yiwang.registers.definitions import FieldKind, RegisterDefinition

#: Before the name of a field: what was in it when the form was made.
WAS = "was-"


@dataclass(frozen=True, slots=True)
class Compared:
    """The values with what standard addresses say, and of each field still open what its text may mean."""

    values: dict[str, Json]
    open: Mapping[str, tuple[BookAddress, ...]]


def compare(definition: RegisterDefinition, values: Mapping[str, Json], data: QueryDict) -> Compared:
    """Compare what was sent; an address as it was, with what is kept of it, is not asked about."""
    book = address_book()
    filled, still_open = dict(values), dict[str, tuple[BookAddress, ...]]()
    for declared in definition.addresses if book is not None else ():
        if declared.field in values and book is not None:
            found = _settle(definition, declared, filled, data, book)
            if found is not None:
                still_open[declared.field] = found
    return Compared(filled, still_open)


def _settle(
    definition: RegisterDefinition,
    declared: StandardAddress,
    values: dict[str, Json],
    data: QueryDict,
    book: AddressBook,
) -> tuple[BookAddress, ...] | None:
    """Fill in what one address gives; what its text may mean where the officer has yet to choose."""
    typed = _text(values.get(declared.field))
    kept = [name for name in declared.kept if name in values]
    by_hand = {name for name in kept if _text(values[name]) not in ("", _was(data, name))}
    is_as_it_was = typed == _was(data, declared.field) and all(_text(values[name]) for name in kept)
    code = declared.code_field
    if is_as_it_was or (kept and by_hand >= set(kept)):
        return None
    standard: BookAddress | None = None
    if code is not None and code in by_hand:
        standard = book.of_code(_text(values[code]))
    elif typed:
        found = book.find(typed, division=_division(definition, values))
        if found is None:
            return None
        note = noted_address(typed, found, PickedAddress(*picked_place(declared.field, data)))
        if note is None:
            return found
        standard = book.of_code(str(note["code"])) if note["code"] else None
    _fill(declared, values, standard, kept, by_hand)
    return None


def _fill(
    declared: StandardAddress,
    values: dict[str, Json],
    address: BookAddress | None,
    kept: Collection[str],
    by_hand: Collection[str],
) -> None:
    """Put code and point; of an address that is no standard one neither stays from before."""
    has_point = address is not None and address.longitude is not None
    said: dict[str | None, Json] = {
        declared.code_field: address.code if address is not None else None,
        declared.point_field: f"{address.longitude} {address.latitude}" if address and has_point else None,
    }
    for name in kept:
        if name not in by_hand:
            values[name] = said[name]


def refuse_unless_chosen(compared: Compared) -> None:
    """Nothing is written before the officer has said which addresses are meant.

    Raises:
        InvalidInput: names the fields that are open.
    """
    if compared.open:
        raise InvalidInput(problems=tuple(FieldProblem(name, WHICH_ADDRESS) for name in compared.open))


def with_choices(controls: Collection[Control], compared: Compared | None) -> tuple[Control, ...]:
    """The controls of a form, those of open addresses with the choice among what was found."""
    if compared is None:
        return tuple(controls)
    return tuple(
        choosing(control, _text(compared.values.get(control.name)), compared.open[control.name])
        if control.name in compared.open
        else control
        for control in controls
    )


def as_it_was(definition: RegisterDefinition, values: Mapping[str, Json], data: QueryDict) -> dict[str, str]:
    """Hidden fields of a form: addresses and what is kept of them, as they were when it was first shown."""
    names = {name for declared in definition.addresses for name in (declared.field, *declared.kept)}
    sent = data.get("_version") is not None
    return {
        f"{WAS}{name}": _was(data, name) if sent else _text(values.get(name))
        for name in sorted(names & values.keys())
    }


def _was(data: QueryDict, name: str) -> str:
    return data.get(f"{WAS}{name}", "").strip()


def _text(value: Json) -> str:
    if isinstance(value, dict) and "lon" in value:
        return f"{value['lon']} {value['lat']}"
    return str(value).strip() if value is not None else ""


def _division(definition: RegisterDefinition, values: Mapping[str, Json]) -> str:
    """Where the entry lies, as its own field of the district says, or the first division."""
    names = [field.name for field in definition.fields if field.kind is FieldKind.DIVISION]
    first = definition.district or next(iter(names), "")
    return _text(values.get(first))
