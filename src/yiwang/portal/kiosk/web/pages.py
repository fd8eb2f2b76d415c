"""Touch pages: the start, services by need, where to go, notices, how far a case is."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.api import track as track_case
from yiwang.cases.contracts import PHASE_TEXTS, CaseNotFound
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.http.pace import Pace
from yiwang.portal.kiosk import api
from yiwang.portal.kiosk.contracts import LocalNoticeView, NoticeKind, TerminalNotFound, TerminalView
from yiwang.portal.kiosk.rules.secrets import typed
from yiwang.portal.kiosk.rules.states import TerminalState
from yiwang.portal.kiosk.web.shown import shown_local
from yiwang.portal.kiosk.web.touch import ASKING_SECONDS, Leaves, keep_secret, touch_page, way_back
from yiwang.portal.queries.catalogue import Wanted, browse
from yiwang.portal.rules.results import outcome_tag
from yiwang.portal.rules.subjects import EVENT_ICONS, THEME_ICONS
from yiwang.portal.talking.contracts import TooFast
from yiwang.portal.web.asking import asked, posted

#: Tries a second from one address; the code of a case has enough signs that no more is needed.
TRACK_PACE, SECRET_PACE = Pace(2), Pace(1)
_PER_PAGE = 8
_TILES = (
    (
        "kiosk:services",
        "list",
        Text("办事指南", "Services"),
        Text("要带什么、去哪里办", "What to bring, where to go"),
    ),
    ("kiosk:track", "search", Text("查办件", "My case"), Text("看看办到哪一步了", "How far it is")),
    ("kiosk:jobs", "work", Text("找工作", "Jobs"), Text("社区和附近的招聘", "In the community and nearby")),
    (
        "kiosk:notices",
        "bell",
        Text("社区通知", "Notices"),
        Text("社区和街道的消息", "From community and subdistrict"),
    ),
    (
        "kiosk:places",
        "map",
        Text("去哪里办", "Where to go"),
        Text("窗口、时间、电话", "Counters, hours, telephones"),
    ),
)


@touch_page(Leaves.ITSELF)
@require_safe
def start(request: HttpRequest, terminal: TerminalView | None) -> HttpResponse:
    """Large tiles, and what the community posted last."""
    today = timezone.localdate()
    near = api.neighbourhood(terminal.organisation) if terminal is not None else None
    newest = [
        shown_local(api.notice_view(row, today=today))
        for kind in NoticeKind
        for row in api.shown_notices(kind, today=today, near=near)[:3]
    ]
    tiles = [
        {"href": reverse(name), "icon": icon, "title": title, "text": text}
        for name, icon, title, text in _TILES
    ]
    return render(request, "kiosk/start.html", {"terminal": terminal, "tiles": tiles, "newest": newest})


@touch_page()
@require_safe
def services(request: HttpRequest, terminal: TerminalView | None) -> HttpResponse:
    """Needs as tiles; one of them, or words, as a list of services."""
    wanted = Wanted(
        text=asked(request, "q"),
        event=asked(request, "event"),
        theme=asked(request, "theme"),
        applicant="person",
    )
    found = browse(wanted)
    is_narrowed = bool(wanted.text or wanted.event or wanted.theme)
    page = Paginator(found.items, _PER_PAGE).get_page(request.GET.get("page"))
    chosen = next((c.label for c in (*found.by_event, *found.by_theme) if c.chosen), None)
    context = {
        "terminal": terminal,
        "is_narrowed": is_narrowed,
        "chosen": chosen,
        "wanted": wanted,
        "events": [(choice, EVENT_ICONS.get(choice.value, "info")) for choice in found.by_event],
        "themes": [(choice, THEME_ICONS.get(choice.value, "info")) for choice in found.by_theme],
        "page": page,
        "rows": [(item, found.bodies.get(item.definition.body)) for item in page.object_list],
    }
    return render(request, "kiosk/services.html", context)


@touch_page()
@require_safe
def places(request: HttpRequest, terminal: TerminalView | None) -> HttpResponse:
    """Offices and counters, and terminals near this one."""
    at = timezone.now()
    page = Paginator(api.offices(), _PER_PAGE).get_page(request.GET.get("page"))
    near = api.neighbourhood(terminal.organisation) if terminal is not None else frozenset()
    working = api.terminals(TerminalState.WORKING, at=at).filter(organisation__in=near)
    others = [api.terminal_view(row, at=at) for row in working if terminal is None or row.pk != terminal.id]
    context = {"terminal": terminal, "page": page, "offices": page.object_list, "others": others[:6]}
    return render(request, "kiosk/places.html", context)


@touch_page()
@require_safe
def jobs(request: HttpRequest, terminal: TerminalView | None) -> HttpResponse:
    """Jobs of the community and those around it."""
    return _listed(request, terminal, NoticeKind.JOB)


@touch_page()
@require_safe
def notices(request: HttpRequest, terminal: TerminalView | None) -> HttpResponse:
    """Notices of the community and those around it."""
    return _listed(request, terminal, NoticeKind.NOTICE)


@touch_page()
@require_safe
def notice(request: HttpRequest, terminal: TerminalView | None, notice: int) -> HttpResponse:
    """One of either."""
    found = api.shown_notice(notice, today=timezone.localdate())
    return render(request, "kiosk/notice.html", {"terminal": terminal, "row": shown_local(found)})


@touch_page(Leaves.CASE)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest, terminal: TerminalView | None) -> HttpResponse:
    """How far a case is, by the number and the code of its receipt; nobody's name is shown."""
    context: dict[str, object] = {"terminal": terminal}
    if request.method != "POST":
        return render(request, "kiosk/track.html", context)
    wait = TRACK_PACE.take(request)
    if wait:
        raise TooFast(seconds=wait)
    number, code = posted(request, "number", most=40).upper(), posted(request, "code", most=20).upper()
    try:
        found = track_case(number=number, code=code, at=timezone.now())
    except CaseNotFound:
        context |= {"number": number, "missed": True}
        return render(request, "kiosk/track.html", context, status=404)
    names = organisation_names({found.organisation, *(holder.organisation for holder in found.holders)})
    context |= {
        "found": found,
        "state": outcome_tag(found.phase, found.outcome, PHASE_TEXTS[found.phase], found.result),
        "organisation": names[found.organisation],
        "holders": [(names[holder.organisation], holder) for holder in found.holders],
    }
    return render(request, "kiosk/track.html", context)


@touch_page(Leaves.START)
@require_safe
def idle(request: HttpRequest, terminal: TerminalView | None) -> HttpResponse:
    """Whether somebody is there."""
    context = {"terminal": terminal, "back": way_back(request), "seconds": ASKING_SECONDS}
    return render(request, "kiosk/idle.html", context)


@touch_page()
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def begin_terminal(request: HttpRequest, terminal: TerminalView | None) -> HttpResponse:
    """Make this browser a terminal: its number and secret are typed once."""
    context: dict[str, object] = {"terminal": terminal}
    if request.method == "POST":
        wait = SECRET_PACE.take(request)
        if wait:
            raise TooFast(seconds=wait)
        number = posted(request, "number", most=12).upper().lstrip("K")
        secret = typed(posted(request, "secret", most=40))
        try:
            known = api.terminal_by_secret(
                int(number) if number.isdecimal() else 0, secret, at=timezone.now()
            )
        except TerminalNotFound:
            return render(request, "kiosk/terminal.html", context | {"missed": True}, status=404)
        response = redirect("kiosk:start")
        keep_secret(response, known.id, secret)
        return response
    return render(request, "kiosk/terminal.html", context)


def _listed(request: HttpRequest, terminal: TerminalView | None, kind: NoticeKind) -> HttpResponse:
    today = timezone.localdate()
    is_all = terminal is None or "all" in request.GET
    near = None if terminal is None or is_all else api.neighbourhood(terminal.organisation)
    page = Paginator(api.shown_notices(kind, today=today, near=near), _PER_PAGE).get_page(
        request.GET.get("page")
    )
    views: list[LocalNoticeView] = [api.notice_view(row, today=today) for row in page.object_list]
    context = {
        "terminal": terminal,
        "is_job": kind is NoticeKind.JOB,
        "is_all": is_all,
        "page": page,
        "rows": [shown_local(view) for view in views],
    }
    return render(request, "kiosk/notices.html", context)
