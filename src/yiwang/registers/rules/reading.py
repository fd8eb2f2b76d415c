"""Who sees which field how."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.exchange.contracts import Secrecy
from yiwang.registers.contracts import Seen
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition


def view_of_public(definition: RegisterDefinition) -> Mapping[str, Seen]:
    """Everybody's view of an open register: public fields and nothing else."""
    return {
        field.name: Seen.CLEAR if definition.open and field.secrecy is Secrecy.PUBLIC else Seen.HIDDEN
        for field in definition.fields
    }


def view_of_list(definition: RegisterDefinition) -> Mapping[str, Seen]:
    """An owner's officer looks through a list: enough of personal fields to recognise an entry.

    Personal data in clear are read by opening an entry, which leaves a trace (PIPL article 6: least scope).
    """
    return {field.name: _in_list(field) for field in definition.fields}


def _in_list(field: FieldDefinition) -> Seen:
    if field.secrecy.level <= Secrecy.INTERNAL.level:
        return Seen.CLEAR
    return Seen.HINT if field.secrecy is Secrecy.PERSONAL else Seen.HIDDEN


def view_of_entry(definition: RegisterDefinition, *, sensitive: bool) -> Mapping[str, Seen]:
    """An owner's officer opens an entry."""
    highest = Secrecy.SENSITIVE if sensitive else Secrecy.PERSONAL
    return {
        field.name: Seen.CLEAR if field.secrecy.level <= highest.level else Seen.HIDDEN
        for field in definition.fields
    }
