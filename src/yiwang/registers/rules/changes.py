"""From an applied register definition to a wanted one: the steps, and which of them lose data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.rules.field_kinds import RULES


@dataclass(frozen=True, slots=True)
class CreateRegister:
    """Make the tables."""

    register: RegisterDefinition
    destructive = False

    def describe(self) -> Text:
        """The step in words."""
        return Text(
            f"建立登记簿“{self.register.title.zh}”，{len(self.register.fields)} 个字段",
            f"make the register “{self.register.title.en}” with {len(self.register.fields)} fields",
        )


@dataclass(frozen=True, slots=True)
class CloseRegister:
    """No longer in any pack: the tables stay with their data, nothing is read or written any more."""

    register: RegisterDefinition
    destructive = False

    def describe(self) -> Text:
        """The step in words."""
        return Text(
            f"停用登记簿“{self.register.title.zh}”，数据保留",
            f"close the register “{self.register.title.en}”; its data stay",
        )


@dataclass(frozen=True, slots=True)
class AddField:
    """A new column; existing entries have nothing in it, or what its field says."""

    field: FieldDefinition
    destructive = False

    def describe(self) -> Text:
        """The step in words."""
        added = Text(
            f"增加字段“{self.field.title.zh}”（{self.field.name}）",
            f"add the field “{self.field.title.en}” ({self.field.name})",
        )
        known = {each.code: each.title for each in self.field.codes}.get(self.field.backfill or "")
        if known is None:
            return added
        return Text(
            f"{added.zh}，现有条目填“{known.zh}”", f"{added.en}; entries that are there get “{known.en}”"
        )


@dataclass(frozen=True, slots=True)
class RenameField:
    """The same field (same id) under another name."""

    before: str
    field: FieldDefinition
    destructive = False

    def describe(self) -> Text:
        """The step in words."""
        return Text(
            f"字段 {self.before} 改名为 {self.field.name}",
            f"rename the field {self.before} to {self.field.name}",
        )


@dataclass(frozen=True, slots=True)
class RetireField:
    """The column goes, with its history."""

    field: FieldDefinition
    destructive = True

    def describe(self) -> Text:
        """The step in words."""
        return Text(
            f"删除字段“{self.field.title.zh}”（{self.field.name}）及其全部数据",
            f"drop the field “{self.field.title.en}” ({self.field.name}) with all its data",
        )


@dataclass(frozen=True, slots=True)
class ReplaceField:
    """Another kind of column under the same id: what is in it goes."""

    before: FieldDefinition
    field: FieldDefinition
    destructive = True

    def describe(self) -> Text:
        """The step in words."""
        name, old, new = self.field.name, self.before.kind, self.field.kind
        return Text(
            f"字段 {name} 的类型由 {old} 改为 {new}，原有数据丢失",
            f"change the field {name} from {old} to {new}; its data are lost",
        )


@dataclass(frozen=True, slots=True)
class SealField:
    """What was plain lies encrypted from now on, or the other way round; no value changes."""

    field: FieldDefinition
    destructive = False

    def describe(self) -> Text:
        """The step in words."""
        title, name = self.field.title, self.field.name
        if self.field.encrypted:
            return Text(
                f"字段“{title.zh}”（{name}）改为加密存储，现有数据和历史一并加密",
                f"encrypt the field “{title.en}” ({name}), what is there and its history too",
            )
        return Text(
            f"字段“{title.zh}”（{name}）改为不加密存储，现有数据和历史一并解密",
            f"store the field “{title.en}” ({name}) unencrypted, what is there and its history too",
        )


@dataclass(frozen=True, slots=True)
class ChangeSecrecy:
    """Who may read the field changes; the column doesn't."""

    before: FieldDefinition
    field: FieldDefinition
    destructive = False

    def describe(self) -> Text:
        """The step in words."""
        old, new = self.before.secrecy.words, self.field.secrecy.words
        return Text(
            f"字段 {self.field.name} 的密级由“{old.zh}”改为“{new.zh}”",
            f"change the secrecy of {self.field.name} from {old.en.lower()} to {new.en.lower()}",
        )


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """Length, bounds, codes, required or unique change; rows that break a tighter rule stop the apply."""

    field: FieldDefinition
    tighter: bool
    destructive = False

    def describe(self) -> Text:
        """The step in words."""
        if self.tighter:
            return Text(
                f"收紧字段 {self.field.name} 的校验（现有数据不符时不执行）",
                f"tighten the checks of {self.field.name} (refused if existing rows break them)",
            )
        return Text(f"放宽字段 {self.field.name} 的校验", f"widen the checks of {self.field.name}")


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """Titles, summary, owner, order: nothing in the tables."""

    register: RegisterDefinition
    destructive = False

    def describe(self) -> Text:
        """The step in words."""
        return Text(
            f"更新登记簿“{self.register.title.zh}”的说明", f"update the words of “{self.register.title.en}”"
        )


RegisterChange = (
    CreateRegister
    | CloseRegister
    | AddField
    | RenameField
    | RetireField
    | ReplaceField
    | SealField
    | ChangeSecrecy
    | ChangeRules
    | ChangeWords
)


def changes(applied: RegisterDefinition | None, wanted: RegisterDefinition) -> tuple[RegisterChange, ...]:
    """Give the steps in the order in which they are done."""
    if applied is None:
        return (CreateRegister(wanted),)
    before = {field.id: field for field in applied.fields}
    after = {field.id: field for field in wanted.fields}
    found: list[RegisterChange] = [RetireField(before[i]) for i in sorted(before.keys() - after.keys())]
    for identity in sorted(before.keys() & after.keys()):
        found.extend(_field_changes(before[identity], after[identity]))
    found.extend(AddField(after[i]) for i in sorted(after.keys() - before.keys()))
    return tuple(found) or (ChangeWords(wanted),)


def _field_changes(before: FieldDefinition, after: FieldDefinition) -> Iterator[RegisterChange]:
    if before.name != after.name:
        yield RenameField(before.name, after)
    if RULES[before.kind].column != RULES[after.kind].column:
        yield ReplaceField(before, after)
    elif before.encrypted is not after.encrypted:
        yield SealField(after)
        if is_tighter(before, after):
            yield ChangeRules(after, tighter=True)
    elif _rules_of(before) != _rules_of(after):
        yield ChangeRules(after, tighter=is_tighter(before, after))
    if before.secrecy is not after.secrecy:
        yield ChangeSecrecy(before, after)


def _rules_of(field: FieldDefinition) -> tuple[object, ...]:
    codes = frozenset(value.code for value in field.codes)
    return (
        field.kind,
        field.required,
        field.unique,
        field.searchable,
        field.longest,
        field.min,
        field.max,
        codes,
    )


def is_tighter(before: FieldDefinition, after: FieldDefinition) -> bool:
    """Whether values that were right may be wrong now."""
    lost_codes = {value.code for value in before.codes} - {value.code for value in after.codes}
    return any(
        (
            before.kind is not after.kind,
            after.required and not before.required,
            after.unique and not before.unique,
            bool(lost_codes),
            after.longest is not None and (before.longest is None or after.longest < before.longest),
            after.min is not None and (before.min is None or after.min > before.min),
            after.max is not None and (before.max is None or after.max < before.max),
        )
    )


def lost_names(applied: RegisterDefinition, wanted: RegisterDefinition) -> list[FieldDefinition]:
    """Fields that vanish without the tombstone that keeps their id from being used again."""
    buried = {gone.id for gone in wanted.removed} | {field.id for field in wanted.fields}
    return [field for field in applied.fields if field.id not in buried]
