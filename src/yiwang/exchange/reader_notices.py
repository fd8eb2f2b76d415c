"""Who was given wrong data is told when they are corrected (PIPL article 46; GB/T 35273, 8.3).

Follows the fact that an entry was corrected, whichever way the correction came about. Written in the
transaction that takes the fact from the outbox: each reader is told once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from yiwang.exchange.models import ReaderNotice, Resource, TraceLine
from yiwang.exchange.providers import ENTRY_SUBJECTS
from yiwang.platform.contracts import Fact

#: How far back readers are told: as long as the trace is kept for the person (Cybersecurity Law, article 21,
#: asks for six months at least; the city keeps three years).
KEPT = timedelta(days=3 * 365)
_REFERENCES = 20


def tell_readers(fact: Fact, *, at: datetime) -> None:
    """The consumer of ``EntryAmended``: a correction is told, a change of the world is not."""
    kind, _, rest = fact.subject.partition(":")
    source, _, entry = rest.partition(":")
    if fact.payload.get("act") != "correction" or kind not in ENTRY_SUBJECTS or not entry.isdecimal():
        return
    fields, version = fact.payload.get("fields"), fact.payload.get("version")
    if not isinstance(fields, list) or not isinstance(version, int):
        return
    subject = ENTRY_SUBJECTS.get(kind)(source, int(entry))
    if subject:
        _tell(subject, kind, source, entry=entry, fields={str(f) for f in fields}, version=version, at=at)


def _tell(
    subject: str, kind: str, source: str, *, entry: str, fields: Collection[str], version: int, at: datetime
) -> None:
    resources = Resource.objects.filter(definition__kind=kind, definition__source=source)
    owners = dict(resources.values_list("code", "owner"))
    lines = (
        TraceLine.objects.filter(
            subject=subject, resource__in=owners, at__gte=at - KEPT, at__lte=at, size__gt=0
        )
        .exclude(organisation="")
        .order_by("id")
    )
    told: dict[tuple[str, str], ReaderNotice] = {}
    for line in lines.iterator():
        got = sorted(set(line.fields) & set(fields))
        if not got or line.organisation == owners[line.resource]:
            continue
        notice = told.setdefault(
            (line.organisation, line.resource),
            ReaderNotice(
                organisation=line.organisation,
                resource=line.resource,
                fields=[],
                references=[],
                entry=f"{kind}:{source}:{entry}",
                version=version,
                told_at=at,
            ),
        )
        notice.fields = sorted({*notice.fields, *got})
        if line.reference and line.reference not in notice.references:
            notice.references = [*notice.references, line.reference][-_REFERENCES:]
        notice.last_trace, notice.last_look_at = line.pk, line.at
    ReaderNotice.objects.bulk_create(told.values(), ignore_conflicts=True)
