"""Severing on the desk outside of a case: send a document, mark words and rectangles, have the new one."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import UploadRefused
from yiwang.platform.http.downloads import download
from yiwang.platform.web.controls import Control
from yiwang.portal.disclosure.api import MOST_MEGABYTES, keep_severed, own_document, take_document
from yiwang.portal.disclosure.severing.contracts import SEVER, Severed, SourceKind
from yiwang.portal.disclosure.web.marking import Place, marked, picture_of

NO_FILE = Text("请选择一个文件", "Choose a file")
_HINT = Text(
    "PDF、JPEG 或 PNG，不超过 {n} MB、500 页；DOCX、OFD 请先另存为 PDF",
    "PDF, JPEG or PNG, up to {n} MB and 500 pages; save DOCX and OFD as PDF first",
).fill(n=MOST_MEGABYTES)
_DOCUMENT = Text("文件", "Document")
_FINISH = Text("去除并下载新文件", "Take out and download")
_NOTE = Text(
    "新文件不含可检索的文字；公开前请再看一遍。",
    "The new file holds no searchable text; look through it before it goes out.",
)


def file_control(name: str, label: Text, *, errors: tuple[Text, ...] = ()) -> Control:
    """The question for a document, in the reader's words instead of the browser's."""
    return Control(
        kind="file",
        name=name,
        label=label,
        hint=_HINT,
        accept=[f".{kind}" for kind in (*SourceKind, "jpeg")],
        max_bytes=MOST_MEGABYTES * 1_000_000,
        errors=errors,
    )


@needs_officer(SEVER)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_document(request: HttpRequest) -> HttpResponse:
    """Send a document."""
    if request.method != "POST":
        context: dict[str, object] = {"control": file_control("file", _DOCUMENT)}
        return render(request, "portal/disclosure/severing_file.html", context)
    upload = request.FILES.get("file")
    problem: Text = NO_FILE
    if isinstance(upload, UploadedFile):
        try:
            file_id = take_document(actor=actor_for(request), at=timezone.now(), upload=upload)
        except UploadRefused as refused:
            problem = refused.sentence
        else:
            return redirect("disclosure:severing_document", file_id)
    context = {"control": file_control("file", _DOCUMENT, errors=(problem,)), "problem": problem}
    return render(request, "portal/disclosure/severing_file.html", context, status=422)


@needs_officer(SEVER)
@require_http_methods(["GET", "HEAD", "POST"])
def mark_document(request: HttpRequest, file_id: int) -> HttpResponse | FileResponse:
    """Mark what is to be taken out, and have the new file."""
    actor = actor_for(request)
    stored, kind = own_document(actor=actor, file_id=file_id)

    def give(severed: Severed) -> FileResponse:
        name = f"severed-{severed.sha256[:8]}.pdf"
        kept = keep_severed(actor=actor, at=timezone.now(), severed=severed, name=name)
        answer = download(own_document(actor=actor, file_id=kept)[0])
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    place = Place(
        pictures=reverse("disclosure:severing_document", args=(file_id,)),
        back=reverse("disclosure:severing"),
        finish=_FINISH,
        note=_NOTE,
    )
    return marked(request, stored, kind, place, give)


@needs_officer(SEVER)
@require_safe
def show_picture(request: HttpRequest, file_id: int, page: int) -> HttpResponse:
    """A page of the document as it is."""
    return picture_of(*own_document(actor=actor_for(request), file_id=file_id), page)
