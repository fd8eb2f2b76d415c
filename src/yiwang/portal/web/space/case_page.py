"""An own case: where it stands, what is asked of me, what happened, what was decided."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.cases.api import case_for_applicant, case_type, clock_explanation, file_names, matter_of, own_file
from yiwang.cases.contracts import PHASE_TEXTS, RATING_TEXTS, CaseForApplicant, ClockView, SupplementState
from yiwang.identity.api import needs_sign_in, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.http.downloads import download
from yiwang.portal.queries.expected import expected_end
from yiwang.portal.rules.results import outcome_tag, result_text, result_tone
from yiwang.portal.rules.subjects import limit_text
from yiwang.portal.web.courses import course_of, holders_of, stops_of
from yiwang.portal.web.space.me import frame, me

_CHANNELS = {
    "online": Text("网上", "Online"),
    "counter": Text("窗口", "Counter"),
    "post": Text("邮寄", "Post"),
}


@needs_sign_in
@require_safe
@never_cache
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The whole of an own case."""
    actor = me(request)
    view = case_for_applicant(actor=actor, case_id=case_id, at=timezone.now())
    return render(request, "portal/space/case.html", case_context(request, actor, view))


def case_context(request: HttpRequest, actor: Actor, view: CaseForApplicant) -> dict[str, object]:
    """What the page of a case shows; its forms with errors are put over it by their own views."""
    names = _names(view)
    context = frame(request, actor, "cases") | {
        "view": view,
        "case": view.case,
        "state": outcome_tag(
            view.case.phase, view.case.outcome, PHASE_TEXTS[view.case.phase], view.case.result
        ),
        "facts": _facts(view, names),
        "holders": holders_of(view.holders, names),
        "stops": stops_of(view.stops),
        "events": course_of(view.timeline, names, number=view.case.number),
        "clocks": [_clock(clock) for clock in view.clocks],
        "sections": _sections(view),
        "materials": _materials(view),
        "messages_shown": _messages(view, names),
        "rating": RATING_TEXTS[view.rating.level] if view.rating else None,
        "asks": view.supplement if "cases.supplement.answer" in view.may else None,
        "answered": view.supplement
        if view.supplement and view.supplement.state is SupplementState.ANSWERED
        else None,
        "can_withdraw": "cases.case.withdraw" in view.may,
        "can_rate": "cases.rating.give" in view.may,
        "can_write": "cases.message.send" in view.may,
    }
    if view.supplement is not None:
        context["asked_by"] = names[view.supplement.organisation]
    if view.decision is not None:
        context["decision"] = {
            "decision": view.decision,
            "outcome": view.decision.result or result_text(view.decision.outcome),
            "tone": result_tone(view.decision.outcome),
            "by": names[view.decision.organisation],
        }
    return context


def _names(view: CaseForApplicant) -> dict[str, Text]:
    codes = {view.case.organisation, *(holder.organisation for holder in view.holders)}
    codes |= {event.organisation for event in view.timeline if event.organisation}
    codes |= {message.organisation for message in view.messages if message.organisation}
    if view.decision is not None:
        codes.add(view.decision.organisation)
    if view.supplement is not None:
        codes.add(view.supplement.organisation)
    return organisation_names(codes)


def _facts(view: CaseForApplicant, names: dict[str, Text]) -> list[dict[str, object]]:
    case = view.case
    facts: list[tuple[Text, object]] = [
        (Text("办件编号", "Case number"), case.number),
        (Text("查询码", "Tracking code"), {"code": view.tracking_code}),
        (Text("申请人", "Applicant"), case.applicant_name),
        (Text("承办单位", "Handled by"), names[case.organisation]),
        (Text("收到时间", "Received"), case.opened_at),
    ]
    if case.accepted_at is not None:
        facts.append((Text("受理时间", "Accepted"), case.accepted_at))
    if case.due_at is not None and case.decided_at is None:
        facts.append((Text("承诺办结", "Promised by"), case.due_at.astimezone().date()))
    if case.decided_at is not None:
        facts.append((Text("决定时间", "Decided"), case.decided_at))
    facts.append((Text("申请方式", "Applied"), _CHANNELS[case.channel]))
    return [{"key": key, "value": value} for key, value in facts]


def _clock(clock: ClockView) -> dict[str, object]:
    return {
        "view": clock,
        "amount": limit_text(clock.amount + clock.extended_by, clock.unit),
        "used": limit_text(clock.consumed, clock.unit) if clock.consumed else Text("尚未计入", "none yet"),
    }


def _sections(view: CaseForApplicant) -> list[dict[str, object]]:
    pages = matter_of(view, today=timezone.localdate())
    return [
        {"title": page.title, "rows": [{"key": row.label, "value": list(row.shown)} for row in page.rows]}
        for page in pages
        if page.rows
    ]


def _materials(view: CaseForApplicant) -> list[dict[str, object]]:
    names = file_names(material.file_id for material in view.materials if material.file_id)
    return [
        {
            "material": material,
            "name": names[material.file_id].name if material.file_id in names else "",
            "size": names[material.file_id].size if material.file_id in names else 0,
        }
        for material in view.materials
    ]


def _messages(view: CaseForApplicant, names: dict[str, Text]) -> list[dict[str, object]]:
    files = file_names(file_id for message in view.messages for file_id in message.files)
    return [
        {
            "message": message,
            "mine": message.from_applicant,
            "by": Text("您", "You") if message.from_applicant else names.get(message.organisation, ""),
            "files": [files[file_id] for file_id in message.files if file_id in files],
        }
        for message in view.messages
    ]


@needs_sign_in
@require_safe
@never_cache
def receipt(request: HttpRequest, case_id: int) -> HttpResponse:
    """What one keeps and prints after applying: number, code, and when to expect what."""
    actor, at = me(request), timezone.now()
    view = case_for_applicant(actor=actor, case_id=case_id, at=at)
    definition = case_type(view.case.type_code).definition
    context = {
        "view": view,
        "case": view.case,
        "organisation": organisation_names({view.case.organisation})[view.case.organisation],
        "promised": limit_text(definition.promised_limit.amount, definition.promised_limit.unit),
        "expected": view.case.due_at or expected_end(definition.promised_limit, since=view.case.opened_at),
        "accepted": view.case.accepted_at is not None,
        "materials": _materials(view),
        "decided": view.decision,
    }
    return render(request, "portal/space/receipt.html", context)


@needs_sign_in
@require_safe
@never_cache
def clock(request: HttpRequest, case_id: int, clock_id: int) -> HttpResponse:
    """A limit day by day: which days were counted, which not, and why."""
    actor, at = me(request), timezone.now()
    view = case_for_applicant(actor=actor, case_id=case_id, at=at)
    explained = clock_explanation(actor=actor, clock_id=clock_id, at=at)
    rows = [
        {
            "day": line.date,
            "counted": _counted(counted=bool(line.counted), ahead=line.ahead),
            "note": line.note,
            "total": line.total,
        }
        for line in explained.lines
    ]
    columns = [
        {"key": "day", "label": Text("日期", "Day"), "head": True, "nowrap": True},
        {"key": "counted", "label": Text("是否计入", "Counted?")},
        {"key": "note", "label": Text("说明", "Why")},
        {"key": "total", "label": Text("累计", "Total"), "numeric": True},
    ]
    context = frame(request, actor, "cases") | {
        "case": view.case,
        "clock": explained.clock,
        "shown": _clock(explained.clock),
        "rows": rows,
        "columns": columns,
    }
    return render(request, "portal/space/clock.html", context)


def _counted(*, counted: bool, ahead: bool) -> dict[str, object]:
    if ahead:
        text = Text("将计入", "Will count") if counted else Text("不计", "Not counted")
        return {"text": text, "tone": "info" if counted else "neutral"}
    if counted:
        return {"text": Text("计入", "Counted"), "tone": "success"}
    return {"text": Text("不计", "Not counted"), "tone": "neutral"}


@needs_sign_in
@require_safe
def file(request: HttpRequest, case_id: int, file_id: int) -> FileResponse:
    """A file of an own case: what I handed in, the decision, the licence."""
    return download(own_file(actor=me(request), case_id=case_id, file_id=file_id))
