"""Follow something by mail: asked for here, confirmed and ended by a link in the mail."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.http.pace import Pace
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import current_language, say
from yiwang.platform.web.sheets import problems_of, unfit, with_errors
from yiwang.portal.openness import api
from yiwang.portal.openness.contracts import FollowNotFound
from yiwang.portal.openness.rules.following import PERIOD_TEXTS, Followed, Period
from yiwang.portal.talking.web.slowing import not_too_fast
from yiwang.portal.web.asking import asked, posted

#: Who follows has no account here.
VISITORS = Actor.system("visitors")
FOLLOW_PACE = Pace(2)
_ENDED = Text("已退订，邮箱已删除。", "You no longer follow this; your address is deleted.")
_CONTROLS = (
    Control(
        kind="email",
        name="address",
        label=Text("电子邮箱", "E-mail address"),
        hint=Text(
            "只用于发送提醒，退订后立即删除", "Used for these mails only, deleted when you unsubscribe"
        ),
        autocomplete="email",
        max_length=254,
        width=24,
    ),
    Control(
        kind="choice",
        name="period",
        label=Text("多久提醒一次", "How often"),
        options=[Option(value=each, label=text) for each, text in PERIOD_TEXTS.items()],
        value=Period.DAILY,
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@not_too_fast(FOLLOW_PACE)
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask for the address, and send it a mail; the page is the same whether the address was known or not."""
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind", "")
    wanted = Followed(kind) if kind in set(Followed) else Followed.EVERYTHING
    value = (posted if request.method == "POST" else asked)(request, "value", most=80)
    if not api.is_there(wanted, value):
        wanted, value = Followed.EVERYTHING, ""
    controls: tuple[Control, ...] = _CONTROLS
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    sent = False
    if request.method == "POST":
        said = {control.name: posted(request, control.name, most=300) for control in controls}
        problems = unfit(controls, said)
        if not problems:
            try:
                api.follow(
                    actor=VISITORS,
                    at=timezone.now(),
                    kind=wanted,
                    value=value,
                    address=said["address"],
                    period=Period(said["period"]),
                    english=current_language() == "en",
                )
            except YiwangError as refused:
                problems = problems_of(refused)
            else:
                sent = True
        controls, errors = with_errors(controls, request.POST, problems)
    context = {
        "title": api.name_of(wanted, value),
        "kind": wanted.value,
        "value": value,
        "controls": controls,
        "errors": errors,
        "sent": sent,
    }
    return render(request, "openness/follow.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """What a token follows. Opening the link changes nothing: programs open links in mails too."""
    view = api.follow_of(token)
    state = "confirmed" if view.is_confirmed else "asked"
    if request.method == "POST":
        act = api.end_follow if "end" in request.POST else api.confirm_follow
        act(actor=VISITORS, at=timezone.now(), token=token)
        state = "ended" if "end" in request.POST else "now"
    context = {"view": view, "state": state, "period": PERIOD_TEXTS[view.period]}
    response = render(request, "openness/followed.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """One press in a mail program (RFC 8058): it posts without cookies; the token is what it may.

    What is ended already stays ended, for such programs ask again. Opening it leads to the page with the
    button.
    """
    if request.method != "POST" or request.POST.get("List-Unsubscribe") != "One-Click":
        return redirect("openness:followed", token=token)
    with suppress(FollowNotFound):
        api.end_follow(actor=VISITORS, at=timezone.now(), token=token)
    return HttpResponse(say(_ENDED), content_type="text/plain; charset=utf-8")
