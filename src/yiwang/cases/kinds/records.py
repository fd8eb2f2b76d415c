"""What a service item declares for registers fits them: fields, sources, and the names that are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from yiwang.cases.definitions.case_type import CaseType, Record
from yiwang.cases.kinds.names import Readable
from yiwang.cases.rows.register_entries import LICENCE_FACTS
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Definition, Known, PathKey
from yiwang.registers.definitions import RegisterDefinition

_NO_REGISTER = Text("没有登记簿“{register}”", "there is no register {register!r}")
_NO_FIELD = Text(
    "登记簿“{register}”没有字段“{field}”；可用：{known}",
    "the register {register!r} has no field {field!r}; it has {known}",
)
_MISSING = Text(
    "登记簿“{register}”的必填字段“{field}”没有取值", "the register {register!r} requires the field {field!r}"
)
_KEY = Text(
    "变更已有登记项时不能改写主键“{field}”", "an entry that is amended keeps its key: leave out {field!r}"
)
_NO_SOURCE = Text(
    "“{source}”不是登记簿“{register}”的登记单位；可用：{known}",
    "{source!r} does not write to the register {register!r}; {known} do",
)


def with_given(names: Readable, model: CaseType) -> Readable:
    """What expressions of a licence read besides the case: the numbers that it gives."""
    given = frozenset(number.key for number in model.gives)
    return replace(names, roots=names.roots | {"given"}, keys={**names.keys, "given": given})


def record_problems(
    definition: Definition, model: CaseType, names: Readable, known: Known
) -> Iterator[DefinitionProblem]:
    """Every fault of the entries that the item declares."""
    for number, given in enumerate(model.gives):
        for reason in names.all_wrong(given.division):
            yield definition.source.problem(("gives", number, "division"), reason)
    if model.grants is not None:
        for name, feel in model.grants.terms().items():
            for reason in names.all_wrong(feel):
                yield definition.source.problem(("grants", name), reason)
    licence = with_given(names, model)
    licence = replace(
        licence, roots=licence.roots | {"licence"}, keys={**licence.keys, "licence": LICENCE_FACTS}
    )
    for number, record in enumerate(model.records):
        for path, reason in _faults(model, record, licence, known):
            yield definition.source.problem(("records", number, *path), reason)


def _faults(model: CaseType, record: Record, names: Readable, known: Known) -> Iterator[tuple[PathKey, Text]]:
    declared = known.get("registers", record.register_code)
    if declared is None:
        if not known.lacks("registers", record.register_code):
            return
        yield ("register",), _NO_REGISTER.fill(register=record.register_code)
        return
    register = RegisterDefinition.model_validate_json(json.dumps(declared.content))
    fields = ", ".join(register.names)
    for name, feel in record.fields.items():
        if register.find(name) is None:
            yield (
                ("fields", name),
                _NO_FIELD.fill(register=register.code, field=name, known=fields),
            )
        yield from ((("fields", name), reason) for reason in names.all_wrong(feel))
    if record.amends is not None:
        yield from ((("amends",), reason) for reason in names.all_wrong(record.amends))
        if register.key in record.fields:
            yield ("fields", register.key), _KEY.fill(field=register.key)
    for field in register.fields if record.amends is None else ():
        if field.required and field.name not in record.fields:
            yield ("fields",), _MISSING.fill(register=register.code, field=field.name)
    writers = (register.owner, *register.sources)
    source = record.source or model.result.seal or model.body
    if source not in writers:
        path = ("source",) if record.source is not None else ("register",)
        yield (
            path,
            _NO_SOURCE.fill(register=register.code, source=source, known=", ".join(sorted(writers))),
        )
