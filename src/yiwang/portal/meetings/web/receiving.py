"""Notices that a department received: opened, answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.platform.web.controls import Control
from yiwang.platform.web.filling import fill_in
from yiwang.platform.web.language import say
from yiwang.platform.web.wording import moment
from yiwang.portal.meetings import api
from yiwang.portal.meetings.contracts import Invited
from yiwang.portal.meetings.rules.notices import attendees_of, written
from yiwang.portal.meetings.web.shown import heading, reply_state, state_of

RECEIVE = "meetings.notice.receive"
_COLUMNS = [
    {"key": "subject", "label": Text("会议", "Meeting"), "head": True},
    {"key": "issuer", "label": Text("召集单位", "Called by")},
    {"key": "starts", "label": Text("时间", "Time"), "nowrap": True},
    {"key": "state", "label": Text("通知", "Notice")},
    {"key": "reply", "label": Text("本单位", "We")},
    {"key": "until", "label": Text("回复期限", "Reply by"), "nowrap": True},
]


@needs_officer(RECEIVE)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Notices to one's own department."""
    at = timezone.now()
    page = Paginator(api.invitations(actor_for(request).organisation), 30).get_page(request.GET.get("page"))
    found = []
    for row in page.object_list:
        view = api.meeting_view(row.meeting, at=at)
        found.append((view, api.invited_view(row, view)))
    names = organisation_names({view.issuer for view, _ in found})
    rows = [
        {
            "subject": {"text": view.words.subject, "href": f"{view.id}/"},
            "issuer": names[view.issuer],
            "starts": moment(view.words.starts_at),
            "state": state_of(view),
            "reply": reply_state(invited),
            "until": moment(view.words.reply_until),
        }
        for view, invited in found
    ]
    return render(request, "meetings/received.html", {"page": page, "rows": rows, "columns": _COLUMNS})


@needs_officer(RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, meeting: int) -> HttpResponse:
    """A notice; that it was opened is recorded. Answered here."""
    actor, at = actor_for(request), timezone.now()
    if request.method == "GET":
        api.receive_meeting(actor=actor, at=at, meeting=meeting)
    view, invited = api.received(actor=actor, meeting=meeting, at=at)

    def act() -> HttpResponse:
        people, faults = attendees_of(request.POST["attendees"])
        if faults:
            raise InvalidInput(problems=tuple(faults))
        reason = request.POST["reason"].strip()
        api.answer_meeting(actor=actor, at=at, meeting=meeting, people=people, reason=reason)
        messages.success(request, say(Text("已回复。", "Answered.")))
        return redirect("meetings:meeting", meeting=meeting)

    context = {
        **heading(view),
        "invited": invited,
        "reply_state": reply_state(invited),
        "can_answer": not view.is_cancelled and not view.is_over,
        "outdated": invited.reply is not None and not invited.reply.is_current and not view.is_cancelled,
    }
    return fill_in(request, "meetings/meeting.html", _controls(invited), act, context)


@needs_officer(RECEIVE)
@require_safe
def file(request: HttpRequest, meeting: int, file: int) -> FileResponse:
    """An attachment, for departments invited and the issuer."""
    return download(api.attachment(actor=actor_for(request), meeting=meeting, file=file))


def _controls(invited: Invited) -> list[Control]:
    reply = invited.reply
    return [
        Control(
            kind="long_text",
            name="attendees",
            label=Text("出席人员", "Who comes"),
            hint=Text("每行一人：姓名，职务。例如“李建华，处长”", "One a line: name, post"),
            value=written(reply.people) if reply is not None else "",
            required=False,
            rows=4,
            max_length=4000,
        ),
        Control(
            kind="long_text",
            name="reason",
            label=Text("请假原因或说明", "Why somebody is excused, or a note"),
            hint=Text("没有人出席时必填", "Needed where nobody comes"),
            value=reply.reason if reply is not None else "",
            required=False,
            rows=3,
            max_length=500,
        ),
    ]
