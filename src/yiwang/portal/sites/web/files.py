"""The pictures and attachments of a site, for its editors."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.wording import moment, size
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import FileView
from yiwang.portal.sites.web.desk import desk_frame

_KEPT = Text("已保存，编号 {n}。", "Saved as number {n}.")
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
    """The list, and a form to add to it."""
    actor = actor_for(request)
    own = api.site_to_edit(actor, site)
    error: Text | None = None
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                error = _CHOOSE
            else:
                kept = api.keep_file(actor=actor, at=timezone.now(), site=site, upload=upload)
                messages.success(request, say(_KEPT.fill(n=kept)))
                return redirect("site_desk:files", site=site)
        except RuleViolation as refused:
            error = refused.sentence
    control = Control(
        kind="file",
        name="file",
        label=Text("添加图片或附件", "Add a picture or a file"),
        accept=tuple(f".{kind}" for kind in api.ACCEPTED),
        max_bytes=api.MOST_BYTES,
        errors=(error,) if error else (),
    )
    context = desk_frame(request, own) | {
        "control": control,
        "columns": _COLUMNS,
        "rows": [_row(site, file) for file in api.list_files(actor, site)],
    }
    return render(request, "site_desk/files.html", context, status=422 if error else 200)


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
