"""Materials that an application needs, by the type's declaration and the applicant's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.definitions.case_type import Material
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.feel import compile_expression
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.contracts import Json

_MISSING = Text("请提供“{title}”。", "Provide “{title}”.")
_UNKNOWN = Text("此事项不需要“{key}”。", "This service does not ask for “{key}”.")
# E5: what the city itself issued is not asked for again.
_HELD = """
SELECT DISTINCT kind FROM cases_licence
WHERE kind = ANY(%(kinds)s) AND state = 'valid' AND (valid_to IS NULL OR valid_to >= %(day)s)
  AND ((%(entity)s::bigint IS NOT NULL AND entity_id = %(entity)s::bigint)
    OR (%(entity)s::bigint IS NULL AND person_id = %(person)s::bigint))
"""


def needed_materials(
    kind: AppliedType, context: Mapping[str, object], *, at: datetime
) -> tuple[Material, ...]:
    """The materials without which the application is incomplete."""
    return tuple(
        material
        for material in kind.definition.materials
        if material.necessity == "required"
        or (material.when is not None and compile_expression(material.when).is_true(context, at=at))
    )


def held_kinds(
    kind: AppliedType, *, person_id: int | None, entity_id: int | None, at: datetime
) -> frozenset[str]:
    """Kinds of the licences on file that stand for materials."""
    wanted = [material.licence for material in kind.definition.materials if material.licence]
    if not wanted or (person_id is None and entity_id is None):
        return frozenset()
    rows = sql.fetch(_HELD, {"kinds": wanted, "day": at.date(), "entity": entity_id, "person": person_id})
    return frozenset(str(found) for (found,) in rows)


def material_problems(
    kind: AppliedType,
    given: Sequence[GivenMaterial],
    answers: Mapping[str, Json],
    held: frozenset[str],
    *,
    at: datetime,
) -> list[FieldProblem]:
    """What is missing, and what nobody asked for."""
    handed = {material.key for material in given}
    known = {material.key for material in kind.definition.materials}
    problems = [FieldProblem(f"materials.{key}", _UNKNOWN.fill(key=key)) for key in sorted(handed - known)]
    for material in needed_materials(kind, {"answers": answers}, at=at):
        if material.key not in handed and material.licence not in held:
            title = material.title
            problems.append(
                FieldProblem(
                    f"materials.{material.key}",
                    Text(_MISSING.zh.format(title=title.zh), _MISSING.en.format(title=title.en)),
                )
            )
    return problems
