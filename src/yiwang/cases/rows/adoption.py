"""Adopt what a pack declares: a new version of a case type, if it differs from the one in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.models import CaseTypeVersion
from yiwang.cases.queries.types import type_version
from yiwang.cases.rules.process.model import Process
from yiwang.cases.rules.process.stored import to_json
from yiwang.platform.contracts import Json


def adopt_type(
    definition: CaseType, process: Process | None, *, parts: Mapping[str, Json], at: datetime
) -> AppliedType:
    """Make a version the one under which new cases begin; running cases stay on theirs.

    ``parts``: ``{"form": …, "decisions": {key: …}}``, whatever else the type was applied with. Runs in the
    transaction of the apply.
    """
    content = {
        "definition": definition.model_dump(mode="json"),
        "process": to_json(process) if process is not None else None,
        "parts": dict(parts),
    }
    last = CaseTypeVersion.objects.filter(code=definition.code).order_by("-version").first()
    if last is not None and all(getattr(last, key) == value for key, value in content.items()):
        if not last.active:
            last.active = True
            last.save(update_fields=["active"])
        return type_version(last.pk)
    CaseTypeVersion.objects.filter(code=definition.code, active=True).update(active=False)
    version = last.version + 1 if last is not None else 1
    made = CaseTypeVersion.objects.create(
        code=definition.code, version=version, applied_at=at, active=True, **content
    )
    return type_version(made.pk)


def retire_type(code: str) -> None:
    """Offer a type no more; running cases finish."""
    CaseTypeVersion.objects.filter(code=code, active=True).update(active=False)
