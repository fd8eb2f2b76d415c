"""What the worker repeats for the watch: pages to check, first pages to try, days to record."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import structlog
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.portal.publishing.api import rules_in_force
from yiwang.portal.sites.api import list_sites
from yiwang.portal.sites.models import SitePage
from yiwang.portal.watching.commands.check_pages import check_pages
from yiwang.portal.watching.commands.record_probes import record_probes
from yiwang.portal.watching.commands.take_day import take_day
from yiwang.portal.watching.models import CheckedPage, ProbeDay, SiteDay

log = structlog.get_logger()
WATCH = Actor.system("watching")
PROBE_SITES = "yiwang.portal.watching.probe_sites"
#: In one go: a page takes some milliseconds, and a group of 50,000 is through within a day.
PAGES, SITES = 40, 8
_EVERY = timedelta(minutes=30)
_AGAIN = timedelta(hours=2)
#: Longer than that a reader does not wait (indicators of 2019: 15 seconds).
_SECONDS = 15.0


def check_due_pages(at: datetime) -> int:
    """Check what was published or withdrawn since, and what other rules judged."""
    live = SitePage.objects.live().filter(site__active=True)
    digest = rules_in_force().digest
    known = CheckedPage.objects.filter(
        page=OuterRef("pk"), published_at=OuterRef("last_published_at"), rules=digest
    )
    wanted = list(live.exclude(Exists(known)).order_by("pk").values_list("pk", flat=True)[:PAGES])
    still_live = Exists(live.filter(pk=OuterRef("page")))
    wanted += CheckedPage.objects.exclude(still_live).values_list("page", flat=True)[:PAGES]
    if not wanted:
        return 0
    check_pages(actor=WATCH, at=at, pages=wanted)
    return len(wanted)


def take_due_days(at: datetime) -> int:
    """Record the sites that nobody looked at for two hours, or of which a page was checked since."""
    checked_since = CheckedPage.objects.filter(site=OuterRef("site"), checked_at__gt=OuterRef("taken_at"))
    looked = SiteDay.objects.filter(day=localdate(at), taken_at__gt=at - _AGAIN)
    fresh = set(looked.exclude(Exists(checked_since)).values_list("site", flat=True))
    done = 0
    for site in [one.code for one in list_sites() if one.code not in fresh][:SITES]:
        try:
            take_day(actor=WATCH, at=at, site=site)
        except YiwangError as refused:
            log.warning("watching.day_refused", site=site, reason=refused.code)
        else:
            done += 1
    return done


def ask_for_probes(at: datetime) -> int:
    """Queue a job where a first page is due to be tried; who waits for an answer holds no timer up."""
    if not _due(at):
        return 0
    try:
        jobs.configure_task(PROBE_SITES, queueing_lock="site_probes", lock="site_probes").defer()
    except AlreadyEnqueued:
        return 0
    return 1


def probe_due(at: datetime) -> int:
    """Try the first pages that are due as a reader would, through the public address.

    A site is first only noted: a city that is just starting is not down.
    """
    known = set(ProbeDay.objects.values_list("site", flat=True).distinct())
    failed = {
        site: None if site not in known else not _answers(f"{environment().address()}/sites/{site}/")
        for site in _due(at)
    }
    if failed:
        record_probes(actor=WATCH, at=at, failed=failed)
    return len(failed)


def _due(at: datetime) -> list[str]:
    fresh = set(ProbeDay.objects.filter(last_at__gt=at - _EVERY).values_list("site", flat=True))
    return [site.code for site in list_sites() if site.code not in fresh][:SITES]


def _answers(url: str) -> bool:
    try:
        answer = httpx.get(url, timeout=_SECONDS, trust_env=False, follow_redirects=True)
    except (httpx.HTTPError, OSError, ValueError):
        return False
    return answer.status_code < 500
