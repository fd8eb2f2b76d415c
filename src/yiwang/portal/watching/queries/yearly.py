"""What is known of a site's year: pages that went out, letters, consultations, cases, disclosed items."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate

from yiwang.cases.api import publishable_types, reply_spans
from yiwang.kernel.text import Text
from yiwang.portal.openness.api import Wanted, public_items
from yiwang.portal.openness.rules.links import ItemKind
from yiwang.portal.publishing.api import rules_in_force
from yiwang.portal.publishing.rules.columns import kind_of_column
from yiwang.portal.publishing.rules.yearly_records import (
    Consultation,
    Explanation,
    ExplanationForm,
    PageGroup,
    PageOut,
    ServiceCase,
    SiteLetter,
    TopicPage,
)
from yiwang.portal.sites.api import out_days
from yiwang.portal.sites.contracts import SiteNotFound, SiteView
from yiwang.portal.talking.api import CONSULTATIONS, SURVEYS, public_letters
from yiwang.portal.watching.models import PageOut as PageOutRow
from yiwang.portal.watching.models import SignedReport
from yiwang.portal.watching.queries.seeing import midnight
from yiwang.portal.watching.rules.yearly import Known, group_of


def known_of(site: SiteView, year: int) -> tuple[Known, ...]:
    """Everything that may count towards the report of a year."""
    since, until = midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))
    return (
        *_pages(site, year),
        *_items(site, year),
        *_letters(site, since, until),
        *_cases(site, since, until),
        *_talks(site),
    )


def signed_report(site: str, year: int) -> SignedReport | None:
    """The report of a year as it was signed off."""
    return SignedReport.objects.filter(site=site, year=year).first()


def get_signed(site: str, year: int) -> SignedReport:
    """The same for the public; raises SiteNotFound where none was signed off."""
    found = signed_report(site, year)
    if found is None:
        raise SiteNotFound
    return found


def _pages(site: SiteView, year: int) -> Iterator[Known]:
    """Each publication; of pages that came with the city's files, their first day."""
    rules = rules_in_force().columns
    rows = PageOutRow.objects.filter(site=site.code, day__year=year).order_by("day", "pk")
    for row in rows:
        column = row.address.rpartition("/")[0]
        group = group_of(kind_of_column(site.code, column, rules))
        title = Text(row.title, row.title)
        yield _page(title, site, row.address, group, row.day)
    noted = set(PageOutRow.objects.filter(site=site.code).values_list("page", flat=True))
    for one in out_days(site.code):
        if one.link.kind == "topic":
            topic = TopicPage(opened_on=one.first_out, closed_on=None)
            yield Known(record=topic, title=one.link.title, href=_at(site, one.link.address))
        elif one.link.id not in noted:
            group = group_of(kind_of_column(site.code, one.column, rules))
            yield _page(one.link.title, site, one.link.address, group, one.first_out)
        if one.link.kind == "explanation":
            told = Explanation(form=ExplanationForm.TEXT, on=one.first_out)
            yield Known(record=told, title=one.link.title, href=_at(site, one.link.address))


def _page(title: Text, site: SiteView, address: str, group: PageGroup, day: date) -> Known:
    return Known(
        record=PageOut(group=group, on=day), title=title, href=_at(site, address), note=day.isoformat()
    )


def _at(site: SiteView, address: str) -> str:
    return reverse("sites:page", args=[site.code, address]) if address else ""


def _items(site: SiteView, year: int) -> Iterator[Known]:
    """Items of the disclosure catalogue; one that has a page in the group counts as that page."""
    rows = public_items(Wanted(organisation=site.organisation)).filter(published_at__year=year)
    for row in rows.order_by("published_at", "pk"):
        day = localdate(row.published_at)
        title, href = Text(**row.title), reverse("openness:item", args=[row.pk])
        if not row.page:
            page = PageOut(group=PageGroup.CATALOGUE, on=day)
            yield Known(record=page, title=title, href=href, note=day.isoformat())
        if row.kind == ItemKind.EXPLANATION:
            told = Explanation(form=ExplanationForm.TEXT, on=day)
            yield Known(record=told, title=title, href=href, note=day.isoformat())


def _letters(site: SiteView, since: datetime, until: datetime) -> Iterator[Known]:
    out = {
        row.number: localdate(row.decided_at)
        for row in public_letters(organisation=site.organisation)
        if row.decided_at is not None
    }
    spans = reply_spans(types=publishable_types(), since=since, until=until, organisation=site.organisation)
    for span in spans:
        letter = SiteLetter(
            received_on=localdate(span.received_at),
            closed_on=localdate(span.ended_at) if span.ended_at else None,
            published_on=out.pop(span.number, None),
        )
        title = Text(f"来信{span.number}", f"Letter {span.number}")
        yield Known(record=letter, title=title, note=letter.received_on.isoformat())


def _cases(site: SiteView, since: datetime, until: datetime) -> Iterator[Known]:
    letters = set(publishable_types())
    for span in reply_spans(types=None, since=since, until=until, organisation=site.organisation):
        if span.ended_at is not None and span.type_code not in letters:
            case = ServiceCase(closed_on=localdate(span.ended_at), for_person=span.of_person)
            title = Text(f"办件{span.number}", f"Case {span.number}")
            yield Known(record=case, title=title, note=case.closed_on.isoformat())


def _talks(site: SiteView) -> Iterator[Known]:
    drafts = CONSULTATIONS.public().filter(organisation=site.organisation)
    for draft in drafts.annotate(said=Count("comments")).order_by("opens_on", "pk"):
        record = Consultation(
            begun_on=draft.opens_on,
            opinions=int(draft.said),
            result_on=localdate(draft.reported_at) if draft.reported_at else None,
        )
        href = reverse("talking:consultation", args=[draft.pk])
        yield Known(record=record, title=Text(**draft.title), href=href, note=draft.opens_on.isoformat())
    surveys = SURVEYS.public().filter(organisation=site.organisation)
    for survey in surveys.annotate(said=Count("turnout")).order_by("opens_on", "pk"):
        # Results are shown by themselves on the day after the last one.
        record = Consultation(begun_on=survey.opens_on, opinions=int(survey.said), result_on=survey.closes_on)
        href = reverse("talking:survey", args=[survey.pk])
        yield Known(record=record, title=Text(**survey.title), href=href, note=survey.opens_on.isoformat())
