"""What a service item takes in from resources fits them: resource, fields, and the names that are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.kinds.forms import fields_of
from yiwang.cases.kinds.names import Readable
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Definition, Known

_NO_RESOURCE = Text("没有资源“{resource}”", "there is no resource {resource!r}")
_NO_FIELD = Text("资源“{resource}”没有字段“{field}”", "the resource {resource!r} has no field {field!r}")


def prefill_problems(
    definition: Definition, model: CaseType, names: Readable, known: Known
) -> Iterator[DefinitionProblem]:
    """Every fault of what the item takes in; keys and comparisons read answers only."""
    names = replace(names, roots=frozenset({"answers"}))
    for number, prefill in enumerate(model.prefills):
        path = ("prefills", number)
        for reason in names.all_wrong(prefill.key):
            yield definition.source.problem((*path, "key"), reason)
        declared = known.get("resources", prefill.resource)
        if known.lacks("resources", prefill.resource):
            reason = _NO_RESOURCE.fill(resource=prefill.resource)
            yield definition.source.problem((*path, "resource"), reason)
        for name, feel in prefill.fields.items():
            if declared is not None and name not in fields_of(declared.content):
                reason = _NO_FIELD.fill(resource=prefill.resource, field=name)
                yield definition.source.problem((*path, "fields", name), reason)
            for reason in names.all_wrong(feel):
                yield definition.source.problem((*path, "fields", name), reason)
