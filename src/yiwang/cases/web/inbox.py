"""The inbox: the tasks that wait for this officer, with filters, order and the clock of each."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.cases.api import applied_types, claim_task, inbox, inbox_count, release_task
from yiwang.cases.contracts import LIGHT_TEXTS, InboxFilter, InboxRow, Light
from yiwang.cases.web.presenting import PHASE_TONES, due_badge, light_tag
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.platform.web.private_search import PARAMETER, recall, remember
from yiwang.platform.web.refusals import tell

_PER_PAGE = 30
SORTS = {
    "due": Text("按到期时间", "By due date"),
    "opened": Text("按到达时间", "By arrival"),
    "number": Text("按编号", "By number"),
}


def _wanted(request: HttpRequest) -> InboxFilter:
    light = request.GET.get("light", "")
    sort = request.GET.get("sort", "due")
    view = request.GET.get("view", "")
    return InboxFilter(
        mine=view == "mine",
        unclaimed=view == "unclaimed",
        type_code=request.GET.get("type", "")[:60],
        light=Light(light) if light in set(Light) else None,
        text=(recall(request).get("q") or request.GET.get("q", ""))[:80],
        sort=sort if sort in SORTS else "due",
    )


@needs_officer("cases.case.read")
@require_http_methods(["GET", "HEAD", "POST"])
def show_inbox(request: HttpRequest) -> HttpResponse:
    """The list; filters are in the address, so that it can be kept as a bookmark, but words are not."""
    if request.method == "POST":
        return remember(request, private=("q",), public=("view", "type", "light", "sort"))
    actor = actor_for(request)
    at = timezone.now()
    wanted = _wanted(request)
    part = inbox(actor=actor, show=wanted, at=at, after=request.GET.get("after") or None, most=_PER_PAGE)
    counts = {
        name: inbox_count(actor=actor, at=at, show=show)
        for name, show in (
            ("total", InboxFilter()),
            ("mine", InboxFilter(mine=True)),
            ("unclaimed", InboxFilter(unclaimed=True)),
            ("red", InboxFilter(light=Light.RED)),
            ("yellow", InboxFilter(light=Light.YELLOW)),
        )
    }
    names = organisation_names({row.organisation for row in part.rows})
    views = (
        ("", Text("全部待办", "All"), counts["total"]),
        ("mine", Text("我签收的", "Mine"), counts["mine"]),
        ("unclaimed", Text("待签收", "Unclaimed"), counts["unclaimed"]),
    )
    context = {
        "rows": [_row(row, names, actor.account_id) for row in part.rows],
        "next": _address(request, after=part.after) if part.after else "",
        "tabs": [
            {
                "text": text,
                "count": count,
                "href": _address(request, view=key, after=None),
                "current": request.GET.get("view", "") == key,
            }
            for key, text, count in views
        ],
        "wanted": wanted,
        "chosen": _chosen(request, wanted),
        "clear": _address(request, **_NOTHING) if _chosen(request, wanted) else "",
        "view": request.GET.get("view", ""),
        "types": [item for item in applied_types() if item.process is not None],
        "light_options": [(light, LIGHT_TEXTS[light]) for light in Light if light is not Light.NONE],
        "sorts": SORTS.items(),
        "counts": counts,
    }
    return render(request, "cases/inbox.html", context)


#: What an address says when nothing is filtered; the view and the order stay.
_NOTHING = {"type": None, "light": None, "q": None, PARAMETER: None, "after": None}


def _chosen(request: HttpRequest, wanted: InboxFilter) -> list[dict[str, object]]:
    """What the list is narrowed by, each with the address without it."""
    titles = {item.code: item.title for item in applied_types()}
    found: list[dict[str, object]] = []
    if wanted.text:
        without = _address(request, **{PARAMETER: None, "q": None, "after": None})
        found.append({"text": f"“{wanted.text}”", "href": without})
    if wanted.type_code:
        title = titles.get(wanted.type_code, wanted.type_code)
        found.append({"text": title, "href": _address(request, type=None, after=None)})
    if wanted.light is not None:
        text = LIGHT_TEXTS[wanted.light]
        found.append({"text": text, "href": _address(request, light=None, after=None)})
    return found


def _address(request: HttpRequest, **changes: str | None) -> str:
    query = {key: value for key, value in request.GET.items() if value} | changes
    kept = {key: value for key, value in query.items() if value}
    return f"?{urlencode(kept)}" if kept else request.path


def _row(row: InboxRow, names: dict[str, Text], account_id: int | None) -> dict[str, object]:
    return {
        "row": row,
        "organisation": names.get(row.organisation, row.organisation),
        "light": light_tag(row.light),
        "due": due_badge(row.due_at, row.light),
        "phase_tone": PHASE_TONES[row.phase],
        "is_mine": row.assignee_id == account_id,
    }


@needs_officer("cases.task.claim")
@require_POST
def claim(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take a task and go to its case; when a colleague was first, say so and stay."""
    try:
        stamp = claim_task(actor=actor_for(request), at=timezone.now(), task_id=task_id)
    except YiwangError as refused:
        tell(request, refused)
        return redirect("desk:inbox")
    return redirect("desk:case", number=stamp.number)


@needs_officer("cases.task.release")
@require_POST
def release(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give a task back."""
    try:
        release_task(actor=actor_for(request), at=timezone.now(), task_id=task_id)
        messages.success(request, say(Text("已退回待签收。", "The task is back in the queue.")))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("desk:inbox")
