"""The pictures and attachments of a site, for its editors."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.platform.web.components.questions import errors_of
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.wording import moment, size
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import FileView
from yiwang.portal.sites.web.desk import desk_frame

_KEPT = Text("已保存，编号 {n}。", "Saved as number {n}.")
_ALL_KEPT = Text("已保存{count}个文件，编号{n}至{last}。", "{count} files saved, numbers {n} to {last}.")
_OF_FILE = Text("{name}：{why}", "{name}: {why}")
_COLUMNS = (
    {"key": "name", "label": Text("文件", "File"), "head": True},
    {"key": "id", "label": Text("编号", "Number"), "numeric": True},
    {"key": "kind", "label": Text("类型", "Kind"), "nowrap": True},
    {"key": "size", "label": Text("大小", "Size"), "nowrap": True},
    {"key": "kept", "label": Text("上传时间", "Kept"), "nowrap": True},
    {"key": "uses", "label": Text("已发布页面", "Published pages"), "numeric": True},
)
_CHOOSE = Text("请选择一个文件", "Choose a file")


@needs_officer(api.KEEP_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, site: str) -> HttpResponse:
    """The list, and a form to add to it; each file is kept or refused by itself.

    A script that sends them one by one asks for JSON: ``{"files": [{"name", "kept", "error"}]}``.
    """
    actor = actor_for(request)
    own = api.site_to_edit(actor, site)
    problems: list[Text] = []
    if request.method == "POST":
        sent = _keep_each(request, site)
        if request.headers.get("Accept") == "application/json":
            told = [one.told() for one in sent]
            return JsonResponse({"files": told})
        kept = [one.kept for one in sent if one.kept]
        if kept:
            messages.success(request, say(_kept_words(kept)))
        problems = [_OF_FILE.fill(name=one.name, why=one.error) for one in sent if one.error]
        if not sent:
            problems = [_CHOOSE]
        if not problems:
            return redirect("site_desk:files", site=site)
    control = Control(
        kind="file",
        name="file",
        label=Text("添加图片或附件", "Add pictures or files"),
        accept=tuple(f".{kind}" for kind in api.ACCEPTED),
        max_bytes=api.MOST_BYTES,
        multiple=True,
        errors=problems,
    )
    context = desk_frame(request, own) | {
        "control": control,
        "errors": errors_of([control]),
        "columns": _COLUMNS,
        "rows": [_row(site, file) for file in api.list_files(actor, site)],
    }
    return render(request, "site_desk/files.html", context, status=422 if problems else 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What became of one file: its number, or why it was refused."""

    name: str
    kept: int = 0
    error: Text | None = None

    def told(self) -> dict[str, object]:
        return {"name": self.name, "kept": self.kept, "error": say(self.error) if self.error else ""}


def _keep_each(request: HttpRequest, site: str) -> list[_Sent]:
    """Keep the files that were sent; those that may not be kept don't keep the others."""
    actor, found = actor_for(request), []
    for upload in request.FILES.getlist("file"):
        name = upload.name or ""
        try:
            kept = api.keep_file(actor=actor, at=timezone.now(), site=site, upload=upload)
            found.append(_Sent(name=name, kept=kept))
        except RuleViolation as refused:
            found.append(_Sent(name=name, error=refused.sentence))
    return found


def _kept_words(kept: list[int]) -> Text:
    return (
        _KEPT.fill(n=kept[0]) if len(kept) == 1 else _ALL_KEPT.fill(count=len(kept), n=kept[0], last=kept[-1])
    )


@needs_officer(api.EDIT)
@require_safe
def file(request: HttpRequest, site: str, file: int) -> HttpResponseBase:
    """One of them, whether a page uses it or not."""
    return download(api.own_file(actor_for(request), site, file))


def _row(site: str, file: FileView) -> dict[str, object]:
    kind = Text("图片", "Picture") if file.is_picture else Text("附件", "Attachment")
    return {
        "name": {"text": file.name, "href": reverse("site_desk:own_file", args=[site, file.id])},
        "id": file.id,
        "kind": kind,
        "size": size(file.size),
        "kept": moment(file.kept_at),
        "uses": file.uses,
    }
