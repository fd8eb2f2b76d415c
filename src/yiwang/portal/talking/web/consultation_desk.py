"""Drafts at the desk: written, put out, every comment answered, the report published."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option, raw_answer
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.platform.web.sheets import problems_of, unfit, with_errors
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import CommentView, ConsultationView
from yiwang.portal.talking.rules.consulting import (
    KIND_TEXTS,
    LEAST_DAYS,
    OUTCOME_TEXTS,
    DraftKind,
    Outcome,
    Part,
    written,
)
from yiwang.portal.talking.rules.personal import without_personal
from yiwang.portal.talking.web.consultations import heading, shown_comment, state_of
from yiwang.portal.talking.web.drafting import draft_problems, draft_words, first_and_last

DRAFT, PUT_OUT = "talking.consultation.draft", "talking.consultation.put_out"
ANSWER, REPORT = "talking.comment.answer", "talking.consultation.report"
_CONCLUSION = Control(
    kind="long_text", name="conclusion", label=Text("总的说明", "Conclusion"), rows=4, max_length=5000
)
_COLUMNS = [
    {"key": "title", "label": Text("草案", "Draft"), "head": True},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "days", "label": Text("起止", "Days"), "nowrap": True},
    {"key": "comments", "label": Text("意见", "Comments"), "numeric": True},
    {"key": "waiting", "label": Text("未答复", "Unanswered"), "numeric": True},
]


@needs_officer(DRAFT)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The drafts of one's own organisation."""
    page = Paginator(api.own_consultations(actor=actor_for(request)), 30).get_page(request.GET.get("page"))
    at = timezone.now()
    rows = [_row(api.consultation_view(row, at=at)) for row in page.object_list]
    return render(
        request, "talking/consultation_desk.html", {"page": page, "rows": rows, "columns": _COLUMNS}
    )


@needs_officer(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Write a new draft."""
    return _write(request, actor_for(request), None)


@needs_officer(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, consultation: int) -> HttpResponseBase:
    """A draft: to be written on while it is one, else its comments."""
    actor, at = actor_for(request), timezone.now()
    view = api.consultation_for_officer(actor=actor, consultation=consultation, at=at)
    if not view.is_out:
        return _write(request, actor, view)
    page = Paginator(api.comments_of(consultation), 50).get_page(request.GET.get("page"))
    comments = [shown_comment(view, api.comment_view(row)) for row in page.object_list]
    context = {**heading(view), "page": page, "comments": comments, "conclusion": _CONCLUSION}
    return render(request, "talking/consultation_comments.html", context)


@needs_officer(PUT_OUT)
@require_POST
def put_out(request: HttpRequest, consultation: int) -> HttpResponse:
    """Put it out."""
    actor, at = actor_for(request), timezone.now()
    api.consultation_for_officer(actor=actor, consultation=consultation, at=at)
    try:
        api.put_out_consultation(actor=actor, at=at, consultation=consultation)
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(Text("已公开征求意见。", "It is out for comment.")))
    return redirect("talking-desk:consultation", consultation=consultation)


@needs_officer(REPORT)
@require_POST
def report(request: HttpRequest, consultation: int) -> HttpResponse:
    """Publish the report."""
    actor, at = actor_for(request), timezone.now()
    api.consultation_for_officer(actor=actor, consultation=consultation, at=at)
    said = request.POST.get("conclusion", "")
    try:
        api.report_consultation(actor=actor, at=at, consultation=consultation, conclusion=said)
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(Text("结果已公布。", "The report is published.")))
    return redirect("talking-desk:consultation", consultation=consultation)


@needs_officer(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, comment: int) -> HttpResponse:
    """Adopted, partly, or not, and why."""
    actor, at = actor_for(request), timezone.now()
    view, found = api.comment_for_officer(actor=actor, comment=comment, at=at)
    controls = _answer_controls(found)
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        answers = {c.name: str(raw_answer(c.kind, c.name, request.POST)) for c in controls}
        problems = unfit(controls, answers)
        if not problems:
            try:
                api.answer_comment(
                    actor=actor,
                    at=at,
                    comment=comment,
                    outcome=Outcome(answers["outcome"]),
                    reason=answers["reason"],
                    shown=answers["shown"],
                )
            except YiwangError as refused:
                problems = problems_of(refused)
            else:
                return redirect("talking-desk:consultation", consultation=view.id)
        controls, errors = with_errors(controls, request.POST, problems)
    context = {**heading(view), **shown_comment(view, found), "controls": controls, "errors": errors}
    return render(request, "talking/answer_comment.html", context, status=422 if problems else 200)


def _row(view: ConsultationView) -> dict[str, object]:
    state = state_of(view)
    return {
        "title": {"text": view.title, "href": f"{view.id}/"},
        "state": {"text": state["state"], "tone": state["tone"]},
        "days": f"{view.opens_on} — {view.closes_on}",
        "comments": view.balance.comments,
        "waiting": view.balance.unanswered,
    }


def _write(request: HttpRequest, actor: Actor, view: ConsultationView | None) -> HttpResponse:
    controls = _draft_controls(view)
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        problems = draft_problems(request, controls)
        if not problems:
            try:
                made = _kept(request, actor, timezone.now(), view)
            except YiwangError as refused:
                problems = problems_of(refused)
            else:
                messages.success(request, say(Text("草稿已保存。", "The draft is saved.")))
                return redirect("talking-desk:consultation", consultation=made)
        controls, errors = with_errors(controls, request.POST, problems)
    context = {"view": view, "controls": controls, "errors": errors}
    return render(request, "talking/write_consultation.html", context, status=422 if problems else 200)


def _kept(request: HttpRequest, actor: Actor, at: datetime, view: ConsultationView | None) -> int:
    sent = request.POST
    opens_on, closes_on = first_and_last(request)
    return api.draft_consultation(
        actor=actor,
        at=at,
        consultation=view.id if view is not None else None,
        kind=DraftKind(sent["kind"]),
        title=Text(sent["title_zh"].strip(), sent["title_en"].strip()),
        summary=Text(sent["summary_zh"].strip(), sent["summary_en"].strip()),
        text=sent["text"],
        opens_on=opens_on,
        closes_on=closes_on,
    )


def _draft_controls(view: ConsultationView | None) -> tuple[Control, ...]:
    parts = [Part(title=part.title, text=part.text) for part in view.sections] if view is not None else []
    kinds = [
        Option(
            value=kind,
            label=words,
            hint=Text("征求意见不少于{n}天", "Out for {n} days at least").fill(n=LEAST_DAYS[kind]),
        )
        for kind, words in KIND_TEXTS.items()
    ]
    kind = Control(
        kind="choice",
        name="kind",
        label=Text("草案种类", "Kind of draft"),
        options=kinds,
        value=view.kind if view is not None else None,
    )
    text = Control(
        kind="long_text",
        name="text",
        label=Text("草案全文", "Text of the draft"),
        hint=Text(
            "每节以“# 标题”一行开头，公众可以逐节提意见",
            "A line “# heading” begins a section; people comment section by section",
        ),
        value=written(parts),
        rows=16,
        max_length=60_000,
    )
    words = draft_words(
        title=view.title if view is not None else None,
        summary=view.summary if view is not None else None,
        opens_on=view.opens_on if view is not None else None,
        closes_on=view.closes_on if view is not None else None,
        body=text,
    )
    return (kind, *words)


def _answer_controls(comment: CommentView) -> tuple[Control, ...]:
    return (
        Control(
            kind="choice",
            name="outcome",
            label=Text("是否采纳", "What becomes of it"),
            options=[Option(value=outcome, label=words) for outcome, words in OUTCOME_TEXTS.items()],
            value=comment.outcome,
        ),
        Control(
            kind="long_text",
            name="reason",
            label=Text("理由", "Why"),
            value=comment.reason,
            rows=3,
            max_length=1000,
        ),
        Control(
            kind="long_text",
            name="shown",
            label=Text("公布的意见原文", "The comment as it will be printed"),
            hint=Text("请隐去个人信息，不改变意思", "Take personal data out; keep its meaning"),
            value=comment.shown or without_personal(comment.body),
            rows=5,
            max_length=2000,
        ),
    )
