"""Where shared data come from and go to: register field, resource, grant, consumer; and who a change hits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Max

from yiwang.exchange.catalogue.contracts import FieldLineage, Lineage, ReleaseInfo
from yiwang.exchange.contracts import Consumer, GrantInfo, ResourceInfo
from yiwang.exchange.models import TraceLine
from yiwang.exchange.providers import CONSUMERS, PROVIDERS
from yiwang.exchange.queries.catalogue import get_resource, list_resources
from yiwang.exchange.queries.grants import grant_counts, list_grants
from yiwang.exchange.queries.releases import list_releases
from yiwang.platform.contracts import Actor

#: How far back looks are counted.
RECENT = timedelta(days=30)


def lineage_of(actor: Actor, resource: str, *, at: datetime) -> Lineage:
    """The way of each field of a resource; whoever is not the owner sees the own grants only.

    Raises:
        ResourceNotFound: there is none.
    """
    info = get_resource(resource)
    is_owner = actor.organisation == info.owner
    grants = list_grants(resource=info.code, grantee="" if is_owner else actor.organisation)
    grants = [grant for grant in grants if grant_counts(grant, at=at)]
    releases = [made for made in list_releases(resource=info.code) if made.state == "published"]
    return _lineage(info, grants, releases, at)


def impact_of(actor: Actor, resource: str, field: str, *, at: datetime) -> list[Lineage]:
    """Everything of the owner's that hangs on one field of a resource's source: whom its change hits.

    Empty for anybody but the owner.

    Raises:
        ResourceNotFound: there is none.
    """
    info = get_resource(resource)
    if actor.organisation != info.owner:
        return []
    same = [
        other
        for other in list_resources()
        if (other.owner, other.source) == (info.owner, info.source) and field in other.field_names
    ]
    found = []
    for other in same:
        whole = lineage_of(actor, other.code, at=at)
        lines = tuple(line for line in whole.fields if line.name == field)
        found.append(Lineage(resource=whole.resource, source_title=whole.source_title, fields=lines))
    return found


def _lineage(
    info: ResourceInfo, grants: Sequence[GrantInfo], releases: Sequence[ReleaseInfo], at: datetime
) -> Lineage:
    described = PROVIDERS.get(info.kind).describe(info.source) if info.kind in PROVIDERS else None
    looks = _looks(info, grants, at)
    fields = []
    for field in info.fields:
        consumers = [
            _by_grant(grant, looks.get(grant.id, (0, None))) for grant in grants if field.name in grant.fields
        ]
        consumers += [
            Consumer(kind="release", code=made.code, title=made.title)
            for made in releases
            if any(cut.name == field.name for cut in made.fields)
        ]
        consumers += [found for _, ask in CONSUMERS for found in ask(info, field.name)]
        fields.append(
            FieldLineage(
                name=field.name,
                title=field.title,
                secrecy=field.secrecy,
                source_field=f"{info.source}.{field.name}",
                source_title=described.fields.get(field.name) if described else None,
                consumers=tuple(consumers),
            )
        )
    return Lineage(resource=info, source_title=described.title if described else None, fields=tuple(fields))


def _looks(
    info: ResourceInfo, grants: Sequence[GrantInfo], at: datetime
) -> dict[int, tuple[int, datetime | None]]:
    """How often and when last each grant was used lately."""
    rows = (
        TraceLine.objects.filter(
            organisation__in={grant.grantee for grant in grants}, resource=info.code, at__gte=at - RECENT
        )
        .exclude(grant_id=None)
        .values_list("grant_id")
        .annotate(number=Count("id"), last=Max("at"))
    )
    return {grant: (number, last) for grant, number, last in rows if grant is not None}


def _by_grant(grant: GrantInfo, used: tuple[int, datetime | None]) -> Consumer:
    return Consumer(
        kind="grant",
        code=grant.grantee,
        title=None,
        grant=grant.id,
        purpose=grant.purpose,
        until=grant.valid_until,
        looks=used[0],
        last_look=used[1],
    )
