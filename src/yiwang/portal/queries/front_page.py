"""What the front page tells: live figures, ways in by life event, theme and department, latest results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from yiwang.cases.api import applied_types, often_opened, recent_results, work_figures
from yiwang.cases.contracts import AppliedType
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.queries.catalogue import offered
from yiwang.portal.queries.notices import notices
from yiwang.portal.queries.ways import Ways
from yiwang.portal.rules.figures import front_figures
from yiwang.portal.rules.results import result_text, result_tone
from yiwang.portal.rules.subjects import (
    EVENT_ICONS,
    FIRM_EVENTS,
    FIRM_THEMES,
    LIFE_EVENTS,
    THEME_ICONS,
    THEMES,
)

_MOST_RESULTS = 6
_MOST_NOTICES = 4
_MOST_DEPARTMENTS = 24
_MOST_EVENTS = 12
_POPULAR_DAYS = 90


def front_page(ways: Ways, *, at: datetime) -> dict[str, object]:
    """The context that ``portal/home.html`` documents; ``at`` in the city's time zone."""
    items = offered()
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    month = today.replace(day=1)
    return {
        "search": {"action": ways.search(), "popular": _popular(items, ways, at=at)},
        "totals": {"items": len(items), "departments": len({item.definition.body for item in items})},
        "track": {"action": ways.track()},
        "licence_check": {"action": ways.licence_check()},
        "figures": front_figures(
            work_figures(since=today, until=at), work_figures(since=month, until=at), items=len(items)
        ),
        "figures_at": at,
        "figures_href": ways.departments(),
        "audiences": _audiences(items, ways),
        "themes": _themes(items, ways),
        "departments": _departments(items, ways),
        "departments_href": ways.departments(),
        "results": _results(ways),
        "results_href": ways.results(),
        "notices": [
            {"title": notice.title, "href": ways.notice(notice.code), "at": notice.published}
            for notice in notices()[:_MOST_NOTICES]
        ],
        "notices_href": ways.notices(),
    }


def _popular(items: Sequence[AppliedType], ways: Ways, *, at: datetime) -> list[dict[str, object]]:
    """What people asked for most lately; while nobody has, what can be done online."""
    by_code = {item.code: item for item in items}
    often = [code for code in often_opened(since=at - timedelta(days=_POPULAR_DAYS)) if code in by_code]
    for item in items:
        if not item.definition.is_guide_only and item.code not in often:
            often.append(item.code)
    return [{"text": by_code[code].title, "href": ways.guide(code)} for code in often[:4]]


def _counted(values: Iterable[tuple[str, ...]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in values:
        counts.update(one)
    return counts


def _audiences(items: Sequence[AppliedType], ways: Ways) -> list[dict[str, object]]:
    people = [item for item in items if "person" in item.definition.applicants]
    firms = [item for item in items if "legal_entity" in item.definition.applicants]
    personal = _counted(item.definition.life_events for item in people)
    business = _counted(item.definition.life_events for item in firms)
    themes = _counted(item.definition.themes for item in firms)
    for_people = [
        _event(event, ways, applicant="person")
        for event in LIFE_EVENTS
        if event not in FIRM_EVENTS and personal[event]
    ]
    for_firms = [
        _event(event, ways, applicant="legal_entity")
        for event in LIFE_EVENTS
        if event in FIRM_EVENTS
        if business[event]
    ] + [
        {
            "title": THEMES[theme],
            "href": ways.services(applicant="legal_entity", theme=theme),
            "icon": THEME_ICONS[theme],
        }
        for theme in FIRM_THEMES
        if themes[theme]
    ]
    return [
        {
            "key": "person",
            "title": Text("个人办事", "For people"),
            "icon": "person",
            "href": ways.services(applicant="person"),
            "events": for_people[:_MOST_EVENTS],
        },
        {
            "key": "firm",
            "title": Text("企业办事", "For firms"),
            "icon": "building",
            "href": ways.services(applicant="legal_entity"),
            "events": for_firms[:_MOST_EVENTS],
        },
    ]


def _event(event: str, ways: Ways, *, applicant: str) -> dict[str, object]:
    return {
        "title": LIFE_EVENTS[event],
        "href": ways.services(applicant=applicant, event=event),
        "icon": EVENT_ICONS[event],
    }


def _themes(items: Sequence[AppliedType], ways: Ways) -> list[dict[str, object]]:
    counts = _counted(item.definition.themes for item in items)
    return [
        {
            "title": title,
            "href": ways.services(theme=theme),
            "icon": THEME_ICONS[theme],
            "count": counts[theme],
        }
        for theme, title in THEMES.items()
        if counts[theme]
    ]


def _departments(items: Sequence[AppliedType], ways: Ways) -> list[dict[str, object]]:
    counts = Counter(item.definition.body for item in items)
    names = organisation_names(set(counts))
    most = sorted(counts, key=lambda body: (-counts[body], body))[:_MOST_DEPARTMENTS]
    return [
        {"title": names.get(body, Text(body, body)), "href": ways.services(body=body), "count": counts[body]}
        for body in most
    ]


def _results(ways: Ways) -> list[dict[str, object]]:
    rows = recent_results(most=_MOST_RESULTS).rows
    names = organisation_names({row.organisation for row in rows})
    shown = {item.code for item in applied_types()}
    return [
        {
            "title": row.type_title,
            "href": ways.guide(row.type_code) if row.type_code in shown else ways.results(),
            "applicant": row.applicant,
            "department": names.get(row.organisation, row.organisation),
            "at": row.decided_at,
            "outcome": result_text(row.outcome),
            "tone": result_tone(row.outcome),
        }
        for row in rows
    ]
