"""How sites stand: all within reach with a light and its words, then one with what is to be mended."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.publishing.api import rules_in_force
from yiwang.portal.publishing.rules.freshness import State
from yiwang.portal.sites.api import EDIT
from yiwang.portal.sites.contracts import SiteView
from yiwang.portal.watching import api
from yiwang.portal.watching.contracts import (
    ITEM_TEXTS,
    SITE_STATE_TEXTS,
    STATE_TEXTS,
    STATE_TONES,
    VETO_ITEMS,
    DayNotTaken,
    FindingView,
    Item,
    ItemDayView,
    SiteDayView,
    Stage,
)

_NOT_YET = {"text": Text("尚未巡查", "Not looked at yet"), "tone": "neutral"}
_DASH = "—"
_STAGES = {
    Stage.FOUND: Text("新发现", "Found"),
    Stage.OVERDUE: Text("已逾期", "Overdue"),
}
_SITES = (
    {"key": "title", "label": Text("网站", "Site"), "head": True},
    {"key": "organisation", "label": Text("主办单位", "Organisation")},
    {"key": "state", "label": Text("状态", "State"), "nowrap": True},
    {"key": "failed", "label": Text("单项否决", "Failed items")},
    {"key": "open", "label": Text("待整改", "To mend"), "numeric": True},
    {"key": "until", "label": Text("最早期限", "First due"), "nowrap": True},
    {"key": "taken", "label": Text("巡查时间", "Looked at"), "nowrap": True},
)
_ITEMS = (
    {"key": "item", "label": Text("项目", "Item"), "head": True},
    {"key": "state", "label": Text("状态", "State"), "nowrap": True},
    {"key": "count", "label": Text("计入数", "Counted"), "numeric": True},
    {"key": "threshold", "label": Text("否决线", "Fails at"), "numeric": True},
)
_FINDINGS = (
    {"key": "place", "label": Text("位置", "Place"), "head": True},
    {"key": "item", "label": Text("项目", "Item")},
    {"key": "text", "label": Text("问题", "What is wrong")},
    {"key": "found", "label": Text("发现", "Found"), "nowrap": True},
    {"key": "until", "label": Text("整改期限", "Mend by"), "nowrap": True},
    {"key": "state", "label": Text("状态", "State"), "nowrap": True},
)
_ALERTS = (
    {"key": "site", "label": Text("网站", "Site"), "head": True},
    {"key": "stage", "label": Text("提醒", "Alert"), "nowrap": True},
    {"key": "item", "label": Text("项目", "Item")},
    {"key": "place", "label": Text("位置", "Place")},
    {"key": "until", "label": Text("整改期限", "Mend by"), "nowrap": True},
)
_DAYS = (
    {"key": "day", "label": Text("日期", "Day"), "head": True, "nowrap": True},
    {"key": "state", "label": Text("状态", "State"), "nowrap": True},
    {"key": "failed", "label": Text("单项否决", "Failed items")},
)


@needs_officer(api.READ)
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Every site within reach on a day, those that fail first; what is new for the officer."""
    actor, today = actor_for(request), timezone.localdate()
    on = _asked_day(request, today)
    watched = api.watched_sites(actor)
    days, counts = api.site_days(watched, on=on), api.open_counts(watched, on=on)
    names = organisation_names({site.organisation for site in watched})
    alerts = api.site_alerts(actor, on=today)
    titles = {site.code: site.title for site in watched}
    order = [State.OVERDUE, State.WARN, State.OK]
    ranked = sorted(watched, key=lambda site: order.index(days[site.code].state) if site.code in days else 3)
    rows = [
        _site_row(site, days.get(site.code), counts.get(site.code), names[site.organisation])
        | {"title": {"text": site.title, "href": _address(site, on, today)}}
        for site in ranked
    ]
    context = {
        "on": on,
        "is_today": on == today,
        "day_options": api.days_known(watched),
        "stats": _stats(days, len(watched)),
        "columns": _SITES,
        "rows": rows,
        "alert_columns": _ALERTS,
        "alerts": [
            {
                "site": {"text": titles[one.site], "href": reverse("watching:site", args=[one.site])},
                "stage": {
                    "text": _STAGES[one.stage],
                    "tone": "danger" if one.stage is Stage.OVERDUE else "warning",
                },
                "item": ITEM_TEXTS[one.finding.item],
                "place": one.finding.place,
                "until": one.finding.until,
            }
            for one in alerts
        ],
        "up_to": max((one.id for one in alerts), default=0),
        "rules": rules_in_force(),
    }
    return render(request, "watching/sites.html", context)


@needs_officer(api.SEE)
@require_POST
def mark_seen(request: HttpRequest) -> HttpResponse:
    """Everything up to the newest alert of the page that the officer looked at."""
    given = request.POST.get("up_to", "")
    up_to = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0
    api.see_site_alerts(actor=actor_for(request), at=timezone.now(), up_to=up_to)
    return redirect("watching:sites")


@needs_officer(api.READ)
@require_safe
def site(request: HttpRequest, site: str) -> HttpResponse:
    """One site on a day: each item, each finding with the day until which it is mended, the days before."""
    actor, today = actor_for(request), timezone.localdate()
    found = api.watched_site(actor, site)
    on = _asked_day(request, today)
    try:
        day = api.site_day(found, on=on)
    except DayNotTaken:
        day = None
    may_edit = guard().covers(actor, EDIT, Scope(organisations=(found.organisation,)))
    context = {
        "site": found,
        "on": on,
        "day_options": api.days_known((found,)),
        "day": day,
        "state": _light(day),
        "item_columns": _ITEMS,
        "items": [_item_row(one) for one in day.items] if day else [],
        "finding_columns": _FINDINGS,
        "findings": [
            _finding_row(actor, found, one, may_edit=may_edit) for one in api.findings_of(found, on=on)
        ],
        "day_columns": _DAYS,
        "days": [_day_row(found, one) for one in api.past_days(found)],
        "rules": rules_in_force(),
        "may_edit": may_edit,
    }
    return render(request, "watching/site.html", context)


def _asked_day(request: HttpRequest, today: date) -> date:
    """The day that is asked for; today if none, or one that has not come."""
    try:
        asked = date.fromisoformat(request.GET.get("day", "")[:10])
    except ValueError:
        return today
    return min(asked, today)


def _light(day: SiteDayView | None) -> dict[str, object]:
    """The light with its words, as a tag."""
    return {"text": SITE_STATE_TEXTS[day.state], "tone": STATE_TONES[day.state]} if day else _NOT_YET


def _stats(days: dict[str, SiteDayView], watched: int) -> list[dict[str, object]]:
    states = [day.state for day in days.values()]
    return [
        {
            "label": SITE_STATE_TEXTS[state],
            "value": f"{states.count(state)}",
            "unit": Text("个网站", "sites"),
            "tone": STATE_TONES[state],
        }
        for state in (State.OVERDUE, State.WARN, State.OK)
    ] + [{"label": Text("应巡查", "To be watched"), "value": f"{watched}", "unit": Text("个网站", "sites")}]


def _site_row(
    site: SiteView, day: SiteDayView | None, counted: tuple[int, date] | None, organisation: Text
) -> dict[str, object]:
    return {
        "organisation": organisation,
        "state": _light(day),
        "failed": _failed(day) if day else _DASH,
        "open": f"{counted[0]}" if counted else "0",
        "until": counted[1] if counted else _DASH,
        "taken": day.taken_at if day else _DASH,
    }


def _address(site: SiteView, on: date, today: date) -> str:
    """The page of a site, on the day that is being looked at."""
    return reverse("watching:site", args=[site.code]) + ("" if on == today else f"?day={on}")


def _failed(day: SiteDayView) -> Text:
    failed = [
        ITEM_TEXTS[one.item] for one in day.items if one.state is State.OVERDUE and one.item in VETO_ITEMS
    ]
    if not failed:
        return Text("无", "None")
    return Text("、".join(text.zh for text in failed), ", ".join(text.en for text in failed))


def _item_row(one: ItemDayView) -> dict[str, object]:
    is_percent = one.item is Item.SITE_DOWN
    sign = "%" if is_percent else ""
    return {
        "item": ITEM_TEXTS[one.item],
        "state": {"text": STATE_TEXTS[one.state], "tone": STATE_TONES[one.state]},
        "count": f"{one.count}{sign}",
        "threshold": f"{one.threshold}{sign}" if one.threshold else Text("不否决", "Does not fail"),
    }


def _finding_row(actor: Actor, site: SiteView, one: FindingView, *, may_edit: bool) -> dict[str, object]:
    return {
        "place": {"text": one.place, "href": _where(actor, site, one, may_edit=may_edit)},
        "item": ITEM_TEXTS[one.item],
        "text": one.text,
        "found": one.found_on,
        "until": one.until,
        "state": {"text": STATE_TEXTS[one.state], "tone": STATE_TONES[one.state]},
    }


def _where(actor: Actor, site: SiteView, one: FindingView, *, may_edit: bool) -> str:
    """Where it is mended, as far as the reader may go there: the page's form, the site, the letter."""
    if one.item is Item.NOT_ANSWERED:
        return reverse("desk:case", args=[one.key]) if guard().may(actor, "cases.case.read") else ""
    if may_edit and one.page:
        return reverse("site_desk:edit", args=[site.code, one.page])
    if one.item in {Item.COLUMNS_EMPTY, Item.COLUMNS_NOT_UPDATED}:
        return reverse("sites:page", args=[site.code, one.key])
    return reverse("sites:home", args=[site.code])


def _day_row(site: SiteView, day: SiteDayView) -> dict[str, object]:
    address = f"{reverse('watching:site', args=[site.code])}?day={day.day}"
    return {"day": {"text": day.day, "href": address}, "state": _light(day), "failed": _failed(day)}
