"""What of a change of a register may break whoever relies on it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.rules.changes import is_tighter


class BreakKind(StrEnum):
    """In which way something is not as before."""

    FIELD_REMOVED = "field_removed"
    FIELD_RENAMED = "field_renamed"
    KIND_CHANGED = "kind_changed"
    TIGHTENED = "tightened"
    SECRECY_RAISED = "secrecy_raised"
    CODE_REMOVED = "code_removed"
    SEARCH_LOST = "search_lost"
    REGISTER_CLOSED = "register_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One of them; ``field`` is the name that others know, empty for the whole register."""

    kind: BreakKind
    field: str
    text: Text


def breaks(applied: RegisterDefinition, wanted: RegisterDefinition | None) -> tuple[Break, ...]:
    """Everything that breaks between two definitions; None closes the register."""
    if wanted is None:
        text = Text(f"登记簿“{applied.title.zh}”停用", f"the register “{applied.title.en}” is closed")
        return (Break(kind=BreakKind.REGISTER_CLOSED, field="", text=text),)
    after = {field.id: field for field in wanted.fields}
    found: list[Break] = []
    for field in applied.fields:
        found.extend(
            Break(kind=kind, field=field.name, text=Text(f"字段 {field.name} {zh}", f"{field.name} {en}"))
            for kind, zh, en in _of_field(field, after.get(field.id))
        )
    return tuple(found)


def _of_field(before: FieldDefinition, after: FieldDefinition | None) -> Iterator[tuple[BreakKind, str, str]]:
    if after is None:
        yield BreakKind.FIELD_REMOVED, "不再提供", "is no longer there"
        return
    if before.name != after.name:
        yield BreakKind.FIELD_RENAMED, f"改名为 {after.name}", f"is now called {after.name}"
    if before.kind is not after.kind:
        old, new = before.kind.value, after.kind.value
        yield BreakKind.KIND_CHANGED, f"类型由 {old} 改为 {new}", f"changes its kind from {old} to {new}"
    elif lost := sorted({v.code for v in before.codes} - {v.code for v in after.codes}):
        yield BreakKind.CODE_REMOVED, f"不再有代码 {', '.join(lost)}", f"loses the codes {', '.join(lost)}"
    elif is_tighter(before, after):
        yield BreakKind.TIGHTENED, "规则收紧", "has a tighter rule"
    if after.secrecy.level > before.secrecy.level:
        old, new = before.secrecy.value, after.secrecy.value
        yield BreakKind.SECRECY_RAISED, f"密级由 {old} 升为 {new}", f"is more secret: {new} instead of {old}"
    if (before.searchable or before.unique) and not (after.searchable or after.unique):
        yield BreakKind.SEARCH_LOST, "不能再按它查询", "is not searched by any more"
