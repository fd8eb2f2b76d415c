"""What an organisation is told about data that it was given."""

from __future__ import annotations

from yiwang.exchange.attention import NoticeInfo
from yiwang.exchange.contracts import ResourceInfo
from yiwang.exchange.models import ReaderNotice
from yiwang.exchange.queries.catalogue import titles_of
from yiwang.kernel.text import Text

MOST = 100


def list_notices(*, organisation: str, limit: int = MOST) -> list[NoticeInfo]:
    """Give the notices to an organisation, those that nobody has taken note of first, then the latest."""
    found = ReaderNotice.objects.filter(organisation=organisation)
    rows = sorted(found.order_by("-id")[:limit], key=lambda row: (row.seen_at is not None, -row.pk))
    infos = titles_of({row.resource for row in rows})
    return [_info(row, infos) for row in rows]


def count_unseen_notices(*, organisation: str) -> int:
    """How many nobody has taken note of."""
    return ReaderNotice.objects.filter(organisation=organisation, seen_at=None).count()


def _info(row: ReaderNotice, infos: dict[str, ResourceInfo]) -> NoticeInfo:
    info = infos.get(row.resource)
    titles = {field.name: field.title for field in info.fields} if info is not None else {}
    return NoticeInfo(
        id=row.pk,
        resource=row.resource,
        resource_title=info.title if info is not None else Text(row.resource, row.resource),
        field_titles=tuple(titles.get(name, Text(name, name)) for name in row.fields),
        references=tuple(row.references),
        last_look_at=row.last_look_at,
        told_at=row.told_at,
        seen_at=row.seen_at,
    )
