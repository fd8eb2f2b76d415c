"""Applied case types, read once: a version never changes, so a process may keep it for ever."""

from __future__ import annotations

from functools import lru_cache

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import CaseTypeNotFound
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.models import CaseTypeVersion
from yiwang.cases.rules.process.stored import from_json


@lru_cache(maxsize=1024)
def type_version(version_id: int) -> AppliedType:
    """Give a version by its id."""
    row = CaseTypeVersion.objects.get(pk=version_id)
    return AppliedType(
        id=row.pk,
        code=row.code,
        version=row.version,
        definition=CaseType.model_validate(row.definition),
        process=from_json(row.process) if row.process else None,
        parts=row.parts,
    )


def case_type(code: str) -> AppliedType:
    """Give the version under which new cases of this code begin.

    Raises:
        CaseTypeNotFound: nothing of this code is applied.
    """
    found = CaseTypeVersion.objects.filter(code=code, active=True).values_list("id", flat=True).first()
    if found is None:
        raise CaseTypeNotFound(type_code=code)
    return type_version(found)


def applied_types() -> tuple[AppliedType, ...]:
    """All case types as they are offered now, by code."""
    active = CaseTypeVersion.objects.filter(active=True).order_by("code").values_list("id", flat=True)
    return tuple(type_version(version_id) for version_id in active)
