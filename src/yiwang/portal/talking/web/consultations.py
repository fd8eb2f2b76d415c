"""Drafts put out for comment, for everybody: read, comment, see what became of each comment."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_sign_in, organisation_names
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.http.pace import Pace
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of, unfit, with_errors
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import CommentView, ConsultationView
from yiwang.portal.talking.rules.consulting import KIND_TEXTS, OUTCOME_TEXTS, Balance, Outcome
from yiwang.portal.talking.web.slowing import not_too_fast

#: Comments a second from one address; each takes the lock of its draft.
COMMENT_PACE = Pace(2)
_PER_PAGE = 50
_TONES = {Outcome.ADOPTED: "success", Outcome.PARTLY: "info", Outcome.NOT_ADOPTED: "neutral"}
_BODY = Control(
    kind="long_text", name="body", label=Text("您的意见", "Your comment"), rows=6, max_length=2000
)
WHOLE = Text("对全文的意见", "On the whole draft")


@require_safe
def list_consultations(request: HttpRequest) -> HttpResponse:
    """Drafts that are or were out."""
    page = Paginator(api.CONSULTATIONS.public(), 20).get_page(request.GET.get("page"))
    at = timezone.now()
    shown = [api.consultation_view(row, at=at) for row in page.object_list]
    names = organisation_names({view.organisation for view in shown})
    rows = [
        {"view": view, "organisation": names.get(view.organisation, view.organisation), **state_of(view)}
        for view in shown
    ]
    return render(request, "talking/consultations.html", {"page": page, "rows": rows})


@require_safe
def show_consultation(request: HttpRequest, consultation: int) -> HttpResponse:
    """The draft, section by section; once it is there, the report."""
    view = api.public_consultation(consultation, at=timezone.now())
    page = Paginator(api.comments_of(consultation), _PER_PAGE).get_page(request.GET.get("page"))
    comments = [api.comment_view(row) for row in page.object_list] if view.reported_at else []
    context = {**heading(view), "page": page, "comments": [shown_comment(view, each) for each in comments]}
    return render(request, "talking/consultation.html", context)


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@not_too_fast(COMMENT_PACE)
def comment(request: HttpRequest, consultation: int, section: int) -> HttpResponseBase:
    """Comment on a section, or on the whole."""
    view = api.public_consultation(consultation, at=timezone.now())
    part = next((each for each in view.sections if each.number == section), None)
    controls: tuple[Control, ...] = (_BODY,)
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        body = request.POST.get("body", "").strip()
        problems = unfit(controls, {"body": body})
        if not problems:
            try:
                api.give_comment(
                    actor=actor_for(request),
                    at=timezone.now(),
                    consultation=consultation,
                    section=section,
                    body=body,
                )
            except YiwangError as refused:
                problems = problems_of(refused)
            else:
                messages.success(
                    request, say(Text("意见已收到，谢谢。", "Your comment has arrived. Thank you."))
                )
                return redirect("talking:consultation", consultation=consultation)
        controls, errors = with_errors(controls, request.POST, problems)
    context = {**heading(view), "part": part, "controls": controls, "errors": errors}
    return render(request, "talking/comment.html", context, status=422 if problems else 200)


def heading(view: ConsultationView) -> dict[str, object]:
    """What every page of a draft shows."""
    name = organisation_names({view.organisation}).get(view.organisation, view.organisation)
    return {
        "view": view,
        "organisation": name,
        "kind": KIND_TEXTS[view.kind],
        "stats": balance_stats(view.balance),
        **state_of(view),
    }


def state_of(view: ConsultationView) -> dict[str, object]:
    """Where it stands, and in which tone."""
    if not view.is_out:
        return {"state": Text("草稿", "Draft"), "tone": "neutral"}
    if view.reported_at is not None:
        return {"state": Text("已公布结果", "Report published"), "tone": "success"}
    if view.is_open:
        return {"state": Text("正在征求意见", "Open for comment"), "tone": "progress"}
    if timezone.localdate() < view.opens_on:
        return {"state": Text("即将开始", "Opens soon"), "tone": "info"}
    return {"state": Text("已截止，正在研究意见", "Closed; comments are being considered"), "tone": "neutral"}


def balance_stats(balance: Balance) -> list[dict[str, object]]:
    """The counts of a report; the first is the sum of the others."""
    counts = {
        Outcome.ADOPTED: balance.adopted,
        Outcome.PARTLY: balance.partly,
        Outcome.NOT_ADOPTED: balance.not_adopted,
    }
    return [
        {"label": Text("收到意见", "Comments"), "value": balance.comments},
        *({"label": OUTCOME_TEXTS[outcome], "value": count} for outcome, count in counts.items()),
    ]


def shown_comment(view: ConsultationView, comment: CommentView) -> dict[str, object]:
    """A comment with the heading of its section and what became of it."""
    titles = {part.number: part.title for part in view.sections}
    return {
        "comment": comment,
        "section": titles.get(comment.section) or (WHOLE if not comment.section else ""),
        "outcome": OUTCOME_TEXTS[comment.outcome] if comment.outcome else None,
        "tone": _TONES[comment.outcome] if comment.outcome else "",
    }
