"""The catalogue: what is shared, by whom, how."""

from __future__ import annotations

import json
from dataclasses import replace

from yiwang.exchange.contracts import ResourceField, ResourceInfo, ResourceNotFound
from yiwang.exchange.definitions import ResourceDefinition
from yiwang.exchange.models import Resource


def info_of(definition: ResourceDefinition) -> ResourceInfo:
    """The catalogue's view of a definition."""
    return ResourceInfo(
        code=definition.code,
        title=definition.title,
        summary=definition.summary,
        owner=definition.owner,
        kind=definition.kind,
        source=definition.source,
        sharing=definition.sharing,
        legal_basis=definition.legal_basis,
        fields=tuple(
            ResourceField(name=field.name, title=field.title, secrecy=field.secrecy)
            for field in definition.fields
        ),
        metadata=definition.metadata,
        questions=tuple(question.as_asked for question in definition.questions),
    )


def _info(row: Resource) -> ResourceInfo:
    found = info_of(ResourceDefinition.model_validate_json(json.dumps(row.definition)))
    published = row.published_at or row.applied_at
    about = replace(found.metadata, published_at=published, changed_at=row.applied_at, number=row.pk)
    return replace(found, metadata=about)


def get_resource(code: str) -> ResourceInfo:
    """Give a resource that is open.

    Raises:
        ResourceNotFound: there is none.
    """
    row = Resource.objects.filter(code=code, closed_at=None).first()
    if row is None:
        raise ResourceNotFound(resource=code[:41])
    return _info(row)


def list_resources() -> list[ResourceInfo]:
    """Give the whole catalogue by code."""
    return [_info(row) for row in Resource.objects.filter(closed_at=None).order_by("code")]


def titles_of(codes: set[str]) -> dict[str, ResourceInfo]:
    """Resources by code, closed ones too: a trace is readable for longer than a resource is open."""
    return {row.code: _info(row) for row in Resource.objects.filter(code__in=codes)}
