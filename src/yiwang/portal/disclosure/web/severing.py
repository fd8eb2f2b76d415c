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
from yiwang.portal.disclosure.api import MOST_MEGABYTES, keep_severed, own_document, take_document
from yiwang.portal.disclosure.severing.contracts import SEVER, Severed
from yiwang.portal.disclosure.web.marking import Place, marked, picture_of

NO_FILE = Text("请选择一个文件", "Choose a file")
_FINISH = Text("去除并下载新文件", "Take out and download")
_NOTE = Text(
    "新文件不含可检索的文字；公开前请再看一遍。",
    "The new file holds no searchable text; look through it before it goes out.",
)


@needs_officer(SEVER)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_document(request: HttpRequest) -> HttpResponse:
    """Send a document."""
    if request.method != "POST":
        return render(request, "portal/disclosure/severing_file.html", {"most": MOST_MEGABYTES})
    upload = request.FILES.get("file")
    problem: Text = NO_FILE
    if isinstance(upload, UploadedFile):
        try:
            file_id = take_document(actor=actor_for(request), at=timezone.now(), upload=upload)
        except UploadRefused as refused:
            problem = refused.sentence
        else:
            return redirect("disclosure:severing_document", file_id)
    context = {"most": MOST_MEGABYTES, "problem": problem}
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
