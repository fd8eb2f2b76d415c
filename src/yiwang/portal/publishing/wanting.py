"""Outside addresses that pages name, noted so that they are tried; within an act of whoever notes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from yiwang.portal.publishing.models import OutsideLink
from yiwang.portal.publishing.queries.links import digest_of_url, is_outside


def note_links(urls: Iterable[str], *, at: datetime) -> int:
    """Give how many of the addresses can be tried; new ones are due at once, known ones at their time."""
    wanted = sorted({url for url in urls if is_outside(url)})
    OutsideLink.objects.bulk_create(
        (
            OutsideLink(
                digest=digest_of_url(url),
                url=url,
                host=(urlsplit(url).hostname or "")[:255],
                wanted_at=at,
                next_at=at,
            )
            for url in wanted
        ),
        update_conflicts=True,
        unique_fields=["digest"],
        update_fields=["wanted_at"],
    )
    return len(wanted)
