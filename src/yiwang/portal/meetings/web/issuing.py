"""Notices that an office sends: written, watched, changed, cancelled, exported."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control
from yiwang.platform.web.filling import fill_in
from yiwang.platform.web.language import say
from yiwang.platform.web.wording import moment
from yiwang.portal.meetings import api
from yiwang.portal.meetings.contracts import Overview
from yiwang.portal.meetings.web.shown import heading, overview_row, state_of
from yiwang.portal.meetings.web.workbook import attendance_sheet
from yiwang.portal.meetings.web.writing import controls_of, words_sent

ISSUE = "meetings.notice.issue"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = [
    {"key": "subject", "label": Text("会议", "Meeting"), "head": True},
    {"key": "starts", "label": Text("时间", "Time"), "nowrap": True},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "read", "label": Text("已读", "Read"), "numeric": True},
    {"key": "replied", "label": Text("已回复", "Replied"), "numeric": True},
    {"key": "invited", "label": Text("与会单位", "Invited"), "numeric": True},
]
_OVERVIEW = [
    {"key": "organisation", "label": Text("单位", "Department"), "head": True},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "people", "label": Text("出席人员、请假原因", "Who comes, or why not")},
    {"key": "read", "label": Text("签收", "Received")},
    {"key": "replied", "label": Text("回复时间", "Replied"), "nowrap": True},
]
_REASON = Control(
    kind="long_text", name="reason", label=Text("取消原因", "Why it is cancelled"), rows=3, max_length=500
)


@needs_officer(ISSUE)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Meetings that one's own organisation called."""
    at = timezone.now()
    page = Paginator(api.issued(actor=actor_for(request)), 20).get_page(request.GET.get("page"))
    rows = [_row(api.overview_of(row, at=at)) for row in page.object_list]
    return render(request, "meetings/issued.html", {"page": page, "rows": rows, "columns": _COLUMNS})


@needs_officer(ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """Write and send one."""
    actor = actor_for(request)

    def act() -> HttpResponse:
        made = api.issue_meeting(
            actor=actor,
            at=timezone.now(),
            words=words_sent(request),
            invited=request.POST.getlist("invited"),
            files=request.FILES.getlist("files"),
        )
        messages.success(request, say(Text("通知已发出。", "The notice is sent.")))
        return redirect("meetings:overview", meeting=made)

    return fill_in(request, "meetings/write.html", controls_of(_offered(actor)), act, {})


@needs_officer(ISSUE)
@require_safe
def overview(request: HttpRequest, meeting: int) -> HttpResponse:
    """Who read it, who comes."""
    found = _found(request, meeting)
    names = organisation_names({one.organisation for one in found.invited})
    stats = [
        {"label": Text("与会单位", "Invited"), "value": len(found.invited)},
        {"label": Text("已读", "Read"), "value": found.read},
        {"label": Text("已回复", "Replied"), "value": found.replied},
        {"label": Text("出席人数", "People who come"), "value": found.coming},
    ]
    context = {
        **heading(found.meeting),
        "stats": stats,
        "columns": _OVERVIEW,
        "departments": [overview_row(one, names) for one in found.invited],
        "can_change": not found.meeting.is_cancelled and not found.meeting.is_over,
    }
    return render(request, "meetings/overview.html", context)


@needs_officer(ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, meeting: int) -> HttpResponse:
    """Send it again, changed."""
    actor, found = actor_for(request), _found(request, meeting)

    def act() -> HttpResponse:
        api.change_meeting(
            actor=actor,
            at=timezone.now(),
            meeting=meeting,
            words=words_sent(request),
            note=request.POST["note"],
            also=request.POST.getlist("invited"),
            files=request.FILES.getlist("files"),
        )
        messages.success(request, say(Text("变更通知已发出，请各单位重新签收。", "The change is sent.")))
        return redirect("meetings:overview", meeting=meeting)

    known = {one.organisation for one in found.invited}
    offered = [each for each in _offered(actor) if each[0] not in known]
    controls = controls_of(offered, found.meeting.words, is_change=True)
    return fill_in(request, "meetings/write.html", controls, act, {"view": found.meeting})


@needs_officer(ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, meeting: int) -> HttpResponse:
    """Call it off."""
    actor, found = actor_for(request), _found(request, meeting)

    def act() -> HttpResponse:
        api.cancel_meeting(actor=actor, at=timezone.now(), meeting=meeting, reason=request.POST["reason"])
        messages.success(request, say(Text("取消通知已发出。", "The cancellation is sent.")))
        return redirect("meetings:overview", meeting=meeting)

    return fill_in(request, "meetings/cancel.html", [_REASON], act, heading(found.meeting))


@needs_officer(ISSUE)
@require_safe
def export(request: HttpRequest, meeting: int) -> HttpResponse:
    """The list of attendees as a workbook."""
    response = HttpResponse(attendance_sheet(_found(request, meeting)), content_type=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="meeting-{meeting}.xlsx"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(request: HttpRequest, meeting: int) -> Overview:
    return api.overview(actor=actor_for(request), meeting=meeting, at=timezone.now())


def _offered(actor: Actor) -> list[tuple[str, Text]]:
    return [
        (each.code, each.short_name) for each in api.who_may_be_invited() if each.code != actor.organisation
    ]


def _row(found: Overview) -> dict[str, object]:
    return {
        "subject": {"text": found.meeting.words.subject, "href": f"{found.meeting.id}/"},
        "starts": moment(found.meeting.words.starts_at),
        "state": state_of(found.meeting),
        "read": found.read,
        "replied": found.replied,
        "invited": len(found.invited),
    }
