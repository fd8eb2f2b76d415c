"""Record how a site stands today: its items, what is wrong and until when, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localdate

from yiwang.cases.api import city_calendar
from yiwang.identity.api import officers_of
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.publishing.api import rules_in_force
from yiwang.portal.sites.api import get_site
from yiwang.portal.watching.contracts import Item, Stage, Wrong
from yiwang.portal.watching.models import Alert, Finding, ItemDay, SiteDay
from yiwang.portal.watching.operations import TAKE
from yiwang.portal.watching.queries.seeing import seen_of
from yiwang.portal.watching.rules.wrongs import items, state_of_links, state_of_site, wrongs

_TOLD = ("editor", "publisher")


@command(operation=TAKE)
def take_day(*, actor: Actor, at: datetime, site: str) -> int:
    """Give how many findings are open; the day's row says what was last seen on it.

    Raises:
        SiteNotFound: no such site.
    """
    permit(Scope(everyone=True), subject=f"site:{site}")
    own, on, rules, calendar = get_site(site), localdate(at), rules_in_force(), city_calendar()
    # One look at a time: two workers would find the same thing twice.
    row, _ = SiteDay.objects.get_or_create(site=site, day=on, defaults={"taken_at": at, "state": "ok"})
    SiteDay.objects.select_for_update().get(pk=row.pk)
    seen = seen_of(own, on=on, rules=rules)
    before = {
        (Item(found.item), found.key): found
        for found in Finding.objects.filter(site=site, mended_on=None).select_for_update()
    }
    since = {key: found.found_on for key, found in before.items()}
    found = tuple(wrongs(seen, since, rules=rules.freshness, on=on, calendar=calendar))
    vetoes = items(seen, found, rules=rules.freshness, on=on, calendar=calendar)
    links, dead = state_of_links(found, on)
    row.state, row.taken_at = state_of_site(vetoes, links), at
    row.save(update_fields=["state", "taken_at"])
    row.items.all().delete()
    ItemDay.objects.bulk_create(
        [
            *(
                ItemDay(
                    site_day=row,
                    item=Item(one.item),
                    state=one.state,
                    count=one.count,
                    threshold=one.threshold,
                )
                for one in vetoes
            ),
            ItemDay(site_day=row, item=Item.DEAD_LINKS, state=links, count=dead, threshold=0),
        ]
    )
    kept = _reconcile(site, before, found, on)
    _tell(own.organisation, kept, on=on, at=at)
    note(site=site, day=on.isoformat(), findings=len(kept), state=row.state)
    return len(kept)


def _reconcile(
    site: str, before: dict[tuple[Item, str], Finding], found: Iterable[Wrong], on: date
) -> list[Finding]:
    """Begin what is new, end what is mended; what stays keeps the day on which it was found."""
    kept = []
    for wrong in found:
        row = before.pop((wrong.item, wrong.key[:100]), None)
        if row is None:
            row = Finding(site=site, item=wrong.item, key=wrong.key[:100], found_on=on)
        row.page, row.until = wrong.page, wrong.until
        row.place = {"zh": wrong.place.zh, "en": wrong.place.en}
        row.text = {"zh": wrong.text.zh, "en": wrong.text.en}
        row.save()
        kept.append(row)
    Finding.objects.filter(pk__in=[row.pk for row in before.values()]).update(mended_on=on)
    return kept


def _tell(organisation: str, findings: Iterable[Finding], *, on: date, at: datetime) -> None:
    """Tell the site's people, once when something is found and once when its days are over."""
    told = dict.fromkeys(
        officer.account_id for role in _TOLD for officer in officers_of(organisation, at=at, role=role)
    )
    Alert.objects.bulk_create(
        [
            Alert(
                account_id=account,
                finding=finding,
                stage=Stage.OVERDUE if on > finding.until else Stage.FOUND,
                at=at,
            )
            for finding in findings
            for account in told
        ],
        ignore_conflicts=True,
    )
