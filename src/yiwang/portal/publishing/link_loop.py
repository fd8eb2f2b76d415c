"""Tries of outside addresses, as a job: whoever waits for somebody else's server holds no timer up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.platform.environment import environment
from yiwang.portal.publishing.models import OutsideLink
from yiwang.portal.publishing.rules.trying import Answer, next_try
from yiwang.portal.publishing.trying import try_address

TRY_LINKS = "yiwang.portal.publishing.try_links"
#: Hosts asked in one go; each once, so that no server is pressed.
MOST_HOSTS = 8
#: No host is asked more often than this.
_PAUSE = timedelta(seconds=10)
#: What no page has named for so long is not tried any more.
_FORGOTTEN = timedelta(days=60)


def ask_for_tries(at: datetime) -> int:
    """Queue a job where an address is due; one at a time."""
    if not _due(at):
        return 0
    try:
        jobs.configure_task(TRY_LINKS, queueing_lock="links", lock="links").defer()
    except AlreadyEnqueued:
        return 0
    return 1


def try_due(at: datetime) -> int:
    """Try what is due, one address a host; gives how many."""
    rows = _due(at)
    allowed = environment().callback_networks
    with ThreadPoolExecutor(max_workers=MOST_HOSTS) as pool:
        answers = list(pool.map(lambda row: try_address(row.url, allowed=allowed), rows))
    for row, answer in zip(rows, answers, strict=True):
        record(row, answer, at=at)
    return len(rows)


def record(row: OutsideLink, answer: Answer, *, at: datetime) -> None:
    """Keep what came of a try, and when the next one is due."""
    row.tried_at, row.status, row.problem = at, answer.status, answer.problem
    row.failures = min(row.failures + 1, 1000) if answer.problem else 0
    row.failing_since = (row.failing_since or at) if answer.problem else None
    row.next_at = next_try(at, row.failures)
    row.save(update_fields=["tried_at", "status", "problem", "failures", "failing_since", "next_at"])


def _due(at: datetime) -> list[OutsideLink]:
    """The addresses that are due, one a host, none of a host that was asked just now."""
    just_now = OutsideLink.objects.filter(tried_at__gt=at - _PAUSE).values("host")
    due = OutsideLink.objects.filter(next_at__lte=at, wanted_at__gt=at - _FORGOTTEN).exclude(
        host__in=just_now
    )
    one_each = due.order_by("host", "next_at", "pk").distinct("host")
    return list(OutsideLink.objects.filter(pk__in=one_each.values("pk")).order_by("next_at")[:MOST_HOSTS])
