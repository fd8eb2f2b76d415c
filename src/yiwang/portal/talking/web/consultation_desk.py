"""Drafts at the desk: written, put out, every comment answered, the report published."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.filling import fill_in
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
from yiwang.portal.talking.web.drafting import DraftSent, done_or_told, draft_words, write_draft

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
    page = Paginator(api.CONSULTATIONS.own(actor_for(request)), 30).get_page(request.GET.get("page"))
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
    return done_or_told(
        request,
        lambda: api.put_out_consultation(actor=actor, at=at, consultation=consultation),
        Text("已公开征求意见。", "It is out for comment."),
        reverse("talking-desk:consultation", args=[consultation]),
    )


@needs_officer(REPORT)
@require_POST
def report(request: HttpRequest, consultation: int) -> HttpResponse:
    """Publish the report."""
    actor, at = actor_for(request), timezone.now()
    api.consultation_for_officer(actor=actor, consultation=consultation, at=at)
    said = request.POST.get("conclusion", "")
    return done_or_told(
        request,
        lambda: api.report_consultation(actor=actor, at=at, consultation=consultation, conclusion=said),
        Text("结果已公布。", "The report is published."),
        reverse("talking-desk:consultation", args=[consultation]),
    )


@needs_officer(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, comment: int) -> HttpResponse:
    """Adopted, partly, or not, and why."""
    actor, at = actor_for(request), timezone.now()
    view, found = api.comment_for_officer(actor=actor, comment=comment, at=at)

    def act() -> HttpResponse:
        sent = request.POST
        api.answer_comment(
            actor=actor,
            at=at,
            comment=comment,
            outcome=Outcome(sent["outcome"]),
            reason=sent["reason"].strip(),
            shown=sent["shown"].strip(),
        )
        return redirect("talking-desk:consultation", consultation=view.id)

    context = {**heading(view), **shown_comment(view, found)}
    return fill_in(request, "talking/answer_comment.html", _answer_controls(found), act, context)


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
    def keep(draft: DraftSent) -> str:
        made = api.draft_consultation(
            actor=actor,
            at=timezone.now(),
            consultation=view.id if view is not None else None,
            kind=DraftKind(request.POST["kind"]),
            title=draft.title,
            summary=draft.summary,
            text=request.POST["text"],
            opens_on=draft.opens_on,
            closes_on=draft.closes_on,
        )
        return reverse("talking-desk:consultation", args=[made])

    return write_draft(request, "talking/write_consultation.html", _draft_controls(view), keep, view)


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
