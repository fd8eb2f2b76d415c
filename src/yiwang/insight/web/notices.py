"""Supervision notices (督办): by state, with their due days and replies."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import notices, waiting_notices
from yiwang.cases.contracts import NoticeState, NoticeView
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.insight.web.asking import PER_PAGE, asked, link
from yiwang.insight.web.rows import case_href
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope

STATES = {
    NoticeState.OPEN: (Text("待答复", "Waiting for an answer"), "warning"),
    NoticeState.REPLIED: (Text("已答复，待办结", "Answered, to be closed"), "progress"),
    NoticeState.CLOSED: (Text("已办结", "Closed"), "success"),
}
_ALL = Text("未办结", "Not closed")
_LATE = Text("已逾期", "Overdue")


@needs_officer("cases.board.read")
@require_safe
def show_notices(request: HttpRequest) -> HttpResponse:
    """The notices of a state, the soonest due first."""
    actor, at = actor_for(request), timezone.now()
    state = asked(request, "state")
    wanted = NoticeState(state) if state in set(NoticeState) else None
    part = notices(actor=actor, state=wanted, after=request.GET.get("after") or None, most=PER_PAGE)
    names = organisation_names(
        {code for row in part.rows for code in (row.organisation, row.opened_by_organisation)}
    )
    context = {
        "tabs": [
            {"text": _ALL, "href": link("notices"), "current": wanted is None},
            *(
                {"text": words, "href": link("notices", state=key), "current": wanted is key}
                for key, (words, _) in STATES.items()
            ),
        ],
        "notices": [_shown(row, actor, names, at) for row in part.rows],
        "next": link("notices", state=state, after=part.after) if part.after else "",
    }
    return render(request, "insight/notices.html", context)


def count_waiting(request: HttpRequest) -> int | None:
    """The figure in the menu: what the reader's office must answer, or what was answered to it."""
    return waiting_notices(actor=actor_for(request)) or None


def _shown(row: NoticeView, actor: Actor, names: dict[str, Text], at: datetime) -> dict[str, object]:
    words, tone = STATES[row.state]
    late = row.state is NoticeState.OPEN and row.due_at < at
    return {
        "row": row,
        "href": case_href(row.number),
        "organisation": names[row.organisation],
        "by": names[row.opened_by_organisation],
        "state": _LATE if late else words,
        "tone": "danger" if late else tone,
        "replies": [
            {"at": reply.at, "by": names.get(reply.organisation) or reply.organisation, "body": reply.body}
            for reply in row.replies
        ],
        "acts": _acts(row, actor),
    }


def _acts(row: NoticeView, actor: Actor) -> list[dict[str, object]]:
    """The ways on: answering for who is asked, closing for who asked."""
    scope = Scope(organisations=(row.organisation,))
    wanted = (
        (
            row.state is not NoticeState.CLOSED,
            "cases.notice.reply",
            "reply_notice",
            Text("答复", "Answer"),
        ),
        (row.state is NoticeState.REPLIED, "cases.notice.close", "close_notice", Text("办结", "Close")),
    )
    return [
        {"text": text, "href": reverse("desk:act", args=(row.number, key))}
        for fits, operation, key, text in wanted
        if fits and guard().covers(actor, operation, scope)
    ]
