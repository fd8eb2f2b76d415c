"""The task list of an application: what is done, what is left, and the way to send it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.api import discard_draft
from yiwang.cases.api import draft_file as find_draft_file
from yiwang.identity.api import needs_sign_in
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.platform.web.language import say
from yiwang.portal.queries.application import Application, PaperState
from yiwang.portal.web.apply.opened import (
    applicant_name,
    open_application,
    open_draft,
    page_address,
    paper_address,
)

_PAGE_STATES = {
    "done": (Text("已填好", "Done"), "success"),
    "begun": (Text("待完善", "To be completed"), "warning"),
    "untouched": (Text("未填写", "To do"), "neutral"),
}
_PAPER_STATES = {
    "given": (Text("已上传", "Uploaded"), "success"),
    "held": (Text("电子证照，免交", "On file, not needed"), "success"),
    "missing": (Text("待上传", "To be uploaded"), "warning"),
    "optional": (Text("可不交", "Optional"), "neutral"),
}
_COUNT = Text("{n}个文件", "{n} file(s)")


@needs_sign_in
@require_safe
@never_cache
def application(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Where the application stands; one can leave and come back at any time."""
    opened = open_application(request, draft_id)
    done = sum(state.state == "done" for state in opened.pages)
    done += sum(paper.state in {"given", "held"} for paper in opened.papers if paper.needed)
    context = {
        "application": opened,
        "item": opened.item,
        "draft": opened.draft,
        "applicant": applicant_name(opened),
        "page_tasks": [_page_task(opened, place) for place in range(len(opened.pages))],
        "paper_tasks": [_paper_task(opened, paper) for paper in opened.papers],
        "done": done,
        "total": len(opened.pages) + sum(paper.needed for paper in opened.papers),
        "whole": opened.is_whole,
    }
    return render(request, "portal/apply/tasks.html", context)


def _page_task(opened: Application, place: int) -> dict[str, object]:
    state = opened.pages[place]
    status, tone = _PAGE_STATES[state.state]
    return {
        "title": state.page.title,
        "href": page_address(opened, state.page.key),
        "status": status,
        "tone": tone,
    }


def _paper_task(opened: Application, paper: PaperState) -> dict[str, object]:
    status, tone = _PAPER_STATES[paper.state]
    return {
        "title": paper.material.title,
        "hint": _COUNT.fill(n=len(paper.files)) if len(paper.files) > 1 else "",
        "href": paper_address(opened, paper.material.key),
        "status": status,
        "tone": tone,
    }


@needs_sign_in
@require_safe
def draft_file(request: HttpRequest, draft_id: int, file_id: int) -> FileResponse:
    """A file that was uploaded into an own draft, while one may act for whom it is."""
    actor, _ = open_draft(request, draft_id)
    return download(find_draft_file(actor=actor, draft_id=draft_id, file_id=file_id))


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Ask, then delete the draft."""
    opened = open_application(request, draft_id)
    if request.method == "POST":
        discard_draft(actor=opened.actor, at=timezone.now(), draft_id=draft_id)
        messages.success(request, say(Text("草稿已删除。", "The draft is deleted.")))
        return redirect("portal:space")
    context = {"item": opened.item, "draft": opened.draft, "applicant": applicant_name(opened)}
    return render(request, "portal/apply/discard.html", context)
