"""Check published pages by the rules in force; what they say and link to is kept for the watch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localdate

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.publishing.api import note_links, rules_in_force
from yiwang.portal.sites.api import PAGE_KINDS, LivePage, gate_findings, links_in, live_pages
from yiwang.portal.watching.models import CheckedPage
from yiwang.portal.watching.operations import CHECK


@command(operation=CHECK)
def check_pages(*, actor: Actor, at: datetime, pages: Collection[int]) -> int:
    """Give how many pages were checked; what is not published any more is forgotten."""
    permit(Scope(everyone=True), subject="pages")
    rules, urls = rules_in_force(), list[str]()
    live = live_pages(pages)
    for page in live:
        row = _checked(page, at=at)
        row.rules = rules.digest
        urls += [url for url, _, _ in row.links]
        CheckedPage.objects.filter(page=row.page).delete()
        row.save()
    gone = set(pages) - {page.link.id for page in live}
    CheckedPage.objects.filter(page__in=gone).delete()
    note_links(urls, at=at)
    note(pages=len(live), gone=len(gone))
    return len(live)


def _checked(page: LivePage, *, at: datetime) -> CheckedPage:
    site, on, fields = page.link.site, localdate(at), PAGE_KINDS.get(page.link.kind).fields
    serious = rules_in_force().freshness.serious
    return CheckedPage(
        page=page.link.id,
        site=site,
        published_at=page.published_at,
        checked_at=at,
        serious=[
            {
                "rule": found.finding.rule,
                "zh": found.finding.text.zh,
                "en": found.finding.text.en,
                "where_zh": found.where.zh,
                "where_en": found.where.en,
            }
            for found in gate_findings(site, page.content, on=on, fields=fields)
            if found.finding.rule in serious
        ],
        links=[
            [url, where.zh, where.en] for url, where in links_in(site, page.content, on=on, fields=fields)
        ],
    )
