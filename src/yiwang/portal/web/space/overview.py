"""My space: what waits for me, what runs, what I began; all cases; licences; who looked at my data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.cases.api import my_appointments, my_cases, my_drafts, my_licences
from yiwang.cases.contracts import (
    LICENCE_STATE_TEXTS,
    PHASE_TEXTS,
    AppointmentState,
    CaseRow,
    LicenceState,
    LicenceView,
    Phase,
)
from yiwang.exchange.api import own_trace
from yiwang.exchange.contracts import TraceEntry
from yiwang.identity.api import entities, needs_sign_in, organisation_names, standings_of
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.portal.rules.results import outcome_tag
from yiwang.portal.web.asking import asked
from yiwang.portal.web.guide import joined
from yiwang.portal.web.space.me import frame, me

_LATEST = 5
_PER_PAGE = 20
_LOOKS = 50
_RATE = frozenset({Phase.CLOSED, Phase.REFUSED_ACCEPTANCE})
_MYSELF = Text("您本人", "You yourself")
_MACHINE = Text("（系统自动核对）", " (automatic check)")


@needs_sign_in
@require_safe
@never_cache
def space(request: HttpRequest) -> HttpResponse:
    """The overview: first what somebody waits for."""
    actor, at = me(request), timezone.now()
    cases = my_cases(actor=actor, at=at, most=_PER_PAGE).rows
    standings = standings_of(request)
    mine = {one.key for one in standings}
    # a draft for a firm whose mandate has ended waits unseen until there is one again
    drafts = [
        found
        for found in my_drafts(actor=actor)
        if not found.entity_id or f"entity:{found.entity_id}" in mine
    ]
    firms = entities({found.entity_id for found in drafts if found.entity_id})
    booked = [
        found
        for found in my_appointments(actor=actor, since=timezone.localdate(at))
        if found.state in {AppointmentState.BOOKED, AppointmentState.CALLED}
    ]
    context = frame(request, actor, "space") | {
        "to_do": [case for case in cases if case.phase is Phase.SUPPLEMENT],
        "running": [_row(case) for case in cases if case.closed_at is None][:_LATEST],
        "ended": [_row(case) for case in cases if case.closed_at is not None][:_LATEST],
        "drafts": [
            {
                "draft": found,
                "name": firms[found.entity_id].name if found.entity_id in firms else "",
                "href": reverse("portal:application", args=[found.id]),
            }
            for found in drafts
        ],
        "booked": booked,
        "licences": len(my_licences(actor=actor)),
        "several": len(standings) > 1,
        "total": len(cases),
    }
    return render(request, "portal/space/overview.html", context)


def _row(case: CaseRow) -> dict[str, object]:
    return {
        "case": case,
        "state": outcome_tag(case.phase, case.outcome, PHASE_TEXTS[case.phase], case.result),
        "rateable": case.phase in _RATE,
    }


@needs_sign_in
@require_safe
@never_cache
def cases(request: HttpRequest) -> HttpResponse:
    """All cases, the latest first."""
    actor, at = me(request), timezone.now()
    part = my_cases(actor=actor, at=at, after=asked(request, "after", most=200) or None, most=_PER_PAGE)
    names = organisation_names({case.organisation for case in part.rows})
    context = frame(request, actor, "cases") | {
        "rows": [{**_row(case), "organisation": names[case.organisation]} for case in part.rows],
        "after": part.after,
        "is_first": not request.GET.get("after"),
    }
    return render(request, "portal/space/cases.html", context)


@needs_sign_in
@require_safe
@never_cache
def documents(request: HttpRequest) -> HttpResponse:
    """Licences that the city issued to me or to my firm."""
    actor = me(request)
    found = my_licences(actor=actor)
    names = organisation_names({licence.organisation for licence in found})
    context = frame(request, actor, "documents") | {
        "licences": [{**_licence(licence), "issuer": names[licence.organisation]} for licence in found]
    }
    return render(request, "portal/space/documents.html", context)


def _licence(licence: LicenceView) -> dict[str, object]:
    today = timezone.localdate()
    expired = licence.valid_to is not None and licence.valid_to < today
    valid = licence.state is LicenceState.VALID and not expired
    state = Text("已过有效期", "Expired") if expired else LICENCE_STATE_TEXTS[licence.state]
    return {"licence": licence, "state": state, "tone": "success" if valid else "neutral", "valid": valid}


@needs_sign_in
@require_safe
@never_cache
def looks(request: HttpRequest) -> HttpResponse:
    """Every look at my data through the exchange: who, when, what, and why (PIPL, Art. 44 and 45)."""
    actor = me(request)
    before = asked(request, "before", most=18)
    found = own_trace(
        actor=actor,
        before=int(before) if before.isascii() and before.isdecimal() else None,
        limit=_LOOKS,
    )
    names = organisation_names({look.organisation for look in found if look.organisation})
    context = frame(request, actor, "looks") | {
        "rows": [_look(look, names) for look in found],
        "columns": [
            {"key": "at", "label": Text("时间", "When"), "head": True, "nowrap": True},
            {"key": "who", "label": Text("谁", "Who")},
            {"key": "what", "label": Text("看了什么", "What")},
            {"key": "why", "label": Text("为什么", "Why")},
        ],
        "before": found[-1].id if len(found) == _LOOKS else None,
    }
    return render(request, "portal/space/looks.html", context)


def _note(look: TraceEntry) -> str:
    """The fields, and the day that was asked about if it was not the present."""
    fields = joined(look.field_titles)
    if look.valid_on is None:
        return fields
    day = f"{look.valid_on:%Y-%m-%d}"
    return fields + say(Text(f"（{day} 的情况）", f" (as of {day})"))


def _look(look: TraceEntry, names: dict[str, Text]) -> dict[str, object]:
    who = names[look.organisation] if look.organisation else _MYSELF
    if look.by_machine:
        who = Text(who.zh + _MACHINE.zh, who.en + _MACHINE.en)
    return {
        "at": look.at,
        "who": who,
        "what": {"text": look.resource_title, "note": _note(look)},
        "why": look.purpose_text,
    }
