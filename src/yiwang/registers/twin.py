"""Registers' part of the exchange's twin: the definition of a register and a key are all that it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from yiwang.exchange.contracts import ResourceInfo
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import FieldKind, RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.rules.days import civil_day
from yiwang.registers.rules.field_kinds import key_as_kept
from yiwang.registers.rules.questions import answered
from yiwang.registers.rules.values import as_text
from yiwang.registers.synthesis.twin import has_entry, is_made_up, nth_key, value_of

#: A register whose key refers to another's, and that to another's: no pack goes deeper.
_DEEPEST = 4


class RegisterTwin:
    """Makes entries of registers up."""

    def keys(self, resource: ResourceInfo, *, first: int, number: int) -> list[str]:
        """Keys by place."""
        kind = _key_kind(get_register(resource.source))
        return [nth_key(kind, place) for place in range(first, first + number)]

    def is_made_up(self, resource: ResourceInfo, key: str) -> bool:
        """Whether a key is the twin's own."""
        definition = get_register(resource.source)
        return is_made_up(_key_kind(definition), key_as_kept(definition.key_field, key))

    def values(self, resource: ResourceInfo, *, key: str, fields: Sequence[str]) -> Mapping[str, Json] | None:
        """Fields of the entry of a key."""
        definition = get_register(resource.source)
        kept = key_as_kept(definition.key_field, key)
        if not has_entry(definition.code, kept):
            return None
        wanted = [definition.get(name) for name in dict.fromkeys(fields)]
        kinds = {
            field.register_code: _key_kind(get_register(field.register_code))
            for field in wanted
            if field.register_code is not None
        }
        return {field.name: value_of(definition, field, kept, kinds) for field in wanted}

    def verified(
        self, resource: ResourceInfo, *, key: str, claims: Mapping[str, Json], at: datetime
    ) -> Mapping[str, bool] | None:
        """Compare values as texts, as the register does for most kinds; answer questions by their law."""
        asked = {name: resource.find_question(name) for name in claims}
        fields = [name if question is None else question.field for name, question in asked.items()]
        values = self.values(resource, key=key, fields=fields)
        if values is None:
            return None
        definition, today = get_register(resource.source), civil_day(at)
        said: dict[str, bool] = {}
        for name, claim in claims.items():
            question = asked[name]
            if question is None:
                said[name] = as_text(values[name]) == as_text(claim)
                continue
            kind, value = definition.get(question.field).kind, values[question.field]
            # neither yes nor no is right, where there is no value; nor is a claim that is neither
            said[name] = isinstance(claim, bool) and answered(question, kind, value, today=today) is claim
        return said


def _key_kind(definition: RegisterDefinition) -> FieldKind:
    for _ in range(_DEEPEST):
        field = definition.key_field
        if field.kind is not FieldKind.REFERENCE or field.register_code is None:
            return field.kind
        definition = get_register(field.register_code)
    return FieldKind.TEXT
