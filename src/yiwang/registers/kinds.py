"""The definition kind ``registers``: validate, say what would change, make the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from django.utils import timezone
from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, Named, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import FieldKind, RegisterDefinition
from yiwang.registers.models import Register
from yiwang.registers.publishing import close, publish
from yiwang.registers.queries.impact import hits_of
from yiwang.registers.rules.breaking import breaks
from yiwang.registers.rules.changes import CloseRegister, RegisterChange, changes, lost_names
from yiwang.registers.tables.making import carry_out, index_history

_LIMITS = frozenset({FieldKind.DECIMAL, FieldKind.INTEGER})


class RegisterKind:
    """Registers are declared in ``registers/*.yaml``, one a file named like its code."""

    key: ClassVar[str] = "registers"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = RegisterDefinition
    order: ClassVar[int] = 20

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(RegisterDefinition, source)
        if model is None:
            return None, problems
        content = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """References name registers."""
        wanted = _model(definition.content)
        problems = []
        for number, field in enumerate(wanted.fields):
            if field.kind is FieldKind.REFERENCE and known.lacks(self.key, field.register_code or ""):
                reason = Text(
                    f"没有登记簿“{field.register_code}”", f"there is no register {field.register_code!r}"
                )
                problems.append(definition.source.problem(("fields", number, "register"), reason))
        for number, link in enumerate(wanted.links):
            if link.orphans == "flag" and known.lacks(self.key, link.register_code):
                reason = Text(
                    f"没有登记簿“{link.register_code}”", f"there is no register {link.register_code!r}"
                )
                problems.append(definition.source.problem(("links", number, "register"), reason))
        for number, share in enumerate(wanted.shares):
            found = known.get(self.key, wanted.get(share.of).register_code or "")
            limit = _model(found.content).find(share.limit) if found is not None else None
            if found is not None and (limit is None or limit.kind not in _LIMITS or limit.encrypted):
                reason = Text(f"没有数字字段“{share.limit}”", f"there is no number {share.limit!r}")
                problems.append(definition.source.problem(("shares", number, "limit"), reason))
        return problems

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Say what applying does to the tables as they are.

        Raises:
            DefinitionRefused: a field went without a tombstone.
        """
        before = _applied(wanted.code) if wanted is not None else None
        if wanted is not None and before is not None:
            lost = lost_names(before, _model(wanted.content))
            reasons = [
                Text(
                    f"字段“{gone.name}”（id {gone.id}）不见了；请列入removed",
                    f"field {gone.name!r} (id {gone.id}) is gone; list it under removed",
                )
                for gone in lost
            ]
            if reasons:
                problems = [wanted.source.problem(("fields",), reason) for reason in reasons]
                raise DefinitionRefused(problems=tuple(problems))
        made = [Step(step.describe(), step.destructive) for step in _changes(applied, wanted)]
        if before is None and wanted is None:
            before = _model(applied)
        if before is not None:
            broken = breaks(before, _model(wanted.content) if wanted is not None else None)
            # a plan tells whom it would hit if it were applied now
            made += [Step(hit.words) for hit in hits_of(before, broken, at=timezone.now())]
        return tuple(made)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Change the tables and keep the definition that they now follow."""
        if change.wanted is None:
            close(change.code, at=at)
            return
        wanted = _model(change.wanted.content)
        for step in _changes(change.applied, change.wanted):
            carry_out(step, wanted)
        index_history(wanted)
        publish(wanted, change.wanted.content, at=at)


def named_in(definition: Definition) -> Iterator[Named]:
    """Organisations that a register names."""
    wanted = _model(definition.content)
    for path, code in (
        (("owner",), wanted.owner),
        *((("sources", place), code) for place, code in enumerate(wanted.sources)),
    ):
        yield Named("organisation", code, definition.source.problem(path, Text("", "")))


def _model(content: Json) -> RegisterDefinition:
    return as_model(RegisterDefinition, content)


def _applied(code: str) -> RegisterDefinition | None:
    """The definition that the tables follow; a closed register still has its tables."""
    row = Register.objects.filter(code=code).first()
    return _model(row.definition) if row else None


def _changes(applied: Json, wanted: Definition | None) -> tuple[RegisterChange, ...]:
    if wanted is None:
        return (CloseRegister(_model(applied)),)
    return changes(_applied(wanted.code), _model(wanted.content))
