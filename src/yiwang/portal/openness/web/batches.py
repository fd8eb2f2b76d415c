"""Catalogues of earlier years at the desk: sent, watched as they are read, published by a second officer."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import UploadRefused
from yiwang.platform.spreadsheets import csv_file
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.portal.openness import api
from yiwang.portal.openness.contracts import BatchView, LineView, Outcome
from yiwang.portal.openness.operations import IMPORT, PUBLISH
from yiwang.portal.openness.rules.rows import HEADS
from yiwang.portal.web.asking import asked

_STATES = {
    "waiting": (Text("等待读取", "Waits"), "neutral"),
    "reading": (Text("正在读取", "Being read"), "progress"),
    "done": (Text("已读完", "Read"), "success"),
    "refused": (Text("未接收", "Refused"), "danger"),
}
OUTCOME_TEXTS = {
    Outcome.IMPORTED: Text("已导入", "Imported"),
    Outcome.DUPLICATE: Text("重复", "Duplicate"),
    Outcome.REFUSED: Text("未导入", "Refused"),
}
_TONES = {Outcome.IMPORTED: "success", Outcome.DUPLICATE: "neutral", Outcome.REFUSED: "danger"}
_BATCHES = [
    {"key": "name", "label": Text("文件包", "Package"), "head": True},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "read", "label": Text("进度", "Progress"), "numeric": True},
    {"key": "at", "label": Text("提交时间", "Sent"), "nowrap": True},
]
_LINES = [
    {"key": "line", "label": Text("行", "Line"), "numeric": True},
    {"key": "title", "label": Text("标题", "Title"), "head": True},
    {"key": "outcome", "label": Text("结果", "Outcome")},
    {"key": "reasons", "label": Text("原因", "Why")},
]
_FILE = Control(
    kind="file",
    name="file",
    label=Text("文件包（ZIP）", "Package (ZIP)"),
    hint=Text(
        "一个CSV目录，加上目录中列出的DOCX、PDF、OFD文件",
        "One catalogue as CSV, and the DOCX, PDF and OFD files that it names",
    ),
    accept=[".zip"],
)
_NO_FILE = Text("请选择文件包", "Choose a package")


@needs_officer(IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: HttpRequest) -> HttpResponse:
    """Send a package, and see those that were sent."""
    actor = actor_for(request)
    problem: Text | None = None
    if request.method == "POST":
        upload = request.FILES.get("file")
        problem = _NO_FILE
        if isinstance(upload, UploadedFile):
            try:
                made = api.take_batch(actor=actor, at=timezone.now(), upload=upload)
            except UploadRefused as refused:
                problem = refused.sentence
            else:
                return redirect("openness-desk:batch", batch=made)
    page = Paginator(api.own_batches(actor=actor), 20).get_page(request.GET.get("page"))
    views = api.batch_views(page.object_list, actor=actor)
    context = {
        "page": page,
        "columns": _BATCHES,
        "rows": [_row(view) for view in views],
        "control": _FILE,
        "errors": [{"text": problem, "href": f"#{_FILE.anchor}"}] if problem else [],
        "heads": "、".join(HEADS.values()),
    }
    return render(request, "openness/batches.html", context, status=422 if problem else 200)


@needs_officer(IMPORT)
@require_safe
def show(request: HttpRequest, batch: int) -> HttpResponse:
    """How far a package is, and what became of each line."""
    view = api.batch_for_officer(actor=actor_for(request), batch=batch)
    outcome = asked(request, "outcome")
    chosen = outcome if outcome in set(Outcome) else ""
    page = Paginator(api.batch_lines(batch, outcome=chosen), 100).get_page(request.GET.get("page"))
    state, tone = _STATES[view.state]
    context = {
        "view": view,
        "state": state,
        "tone": tone,
        "page": page,
        "columns": _LINES,
        "rows": [_line(api.line_view(row)) for row in page.object_list],
        "tabs": [
            {"text": Text("全部", "All"), "href": "?", "current": not chosen, "count": view.read},
            *(
                {"text": text, "href": f"?outcome={key}", "current": chosen == key, "count": view.counts[key]}
                for key, text in OUTCOME_TEXTS.items()
            ),
        ],
    }
    return render(request, "openness/batch.html", context)


@needs_officer(IMPORT)
@require_safe
def report(request: HttpRequest, batch: int) -> HttpResponse:
    """Every line that was not taken over, with why, as CSV."""
    view = api.batch_for_officer(actor=actor_for(request), batch=batch)
    table: list[list[object]] = [["行 line", "结果 outcome", "原因", "reason"]]
    for row in map(api.line_view, api.batch_lines(batch).exclude(outcome=Outcome.IMPORTED)):
        zh = "；".join(reason.zh for reason in row.reasons)
        en = "; ".join(reason.en for reason in row.reasons)
        table.append([row.line, row.outcome.value, zh, en])
    response = HttpResponse(csv_file(table), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="batch-{view.id}.csv"'
    return response


@needs_officer(PUBLISH)
@require_POST
def publish(request: HttpRequest, batch: int) -> HttpResponse:
    """Publish what was taken over, as far as the gate lets it."""
    actor = actor_for(request)
    api.batch_for_officer(actor=actor, batch=batch)
    after, out, kept_in = 0, 0, 0
    try:
        published, held, last = api.publish_batch(actor=actor, at=timezone.now(), batch=batch)
        while last is not None and after < last:
            after, out, kept_in = last, out + published, kept_in + held
            published, held, last = api.publish_batch(
                actor=actor, at=timezone.now(), batch=batch, after=after
            )
    except YiwangError as refused:
        tell(request, refused)
    else:
        said = Text("已公开{n}条，{m}条未通过发布检查。", "{n} are public; the gate kept {m} in.")
        messages.success(request, say(said.fill(n=out + published, m=kept_in + held)))
    return redirect("openness-desk:batch", batch=batch)


def _row(view: BatchView) -> dict[str, object]:
    state, tone = _STATES[view.state]
    return {
        "name": {"text": view.name, "href": reverse("openness-desk:batch", args=[view.id])},
        "state": {"text": state, "tone": tone},
        "read": f"{view.read} / {view.rows}" if view.rows else "—",
        "at": view.asked_at,
    }


def _line(row: LineView) -> dict[str, object]:
    href = reverse("openness-desk:item", args=[row.item]) if row.item is not None else ""
    why = Text("；".join(one.zh for one in row.reasons), "; ".join(one.en for one in row.reasons))
    return {
        "line": row.line,
        "title": {"text": row.title or "—", "href": href},
        "outcome": {"text": OUTCOME_TEXTS[row.outcome], "tone": _TONES[row.outcome]},
        "reasons": why if row.reasons else "—",
    }
