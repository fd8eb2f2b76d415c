"""Within a case: what is severed for its answer, what goes out with it, and what others sent."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.api import enclosable, enclose, take_back_enclosure
from yiwang.cases.contracts import CaseForOfficer, EnclosureKind, RemovalProof
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import UploadRefused
from yiwang.platform.files import MEDIA_TYPES, check_upload
from yiwang.platform.web.language import say
from yiwang.portal.disclosure.api import (
    MOST_MEGABYTES,
    documents_of,
    handled_case,
    own_document,
    take_document,
)
from yiwang.portal.disclosure.severing.contracts import SEVER, Severed, SourceKind
from yiwang.portal.disclosure.web.marking import Place, marked, picture_of
from yiwang.portal.disclosure.web.severing import NO_FILE, file_control

_FINISH = Text("去除并附到答复", "Take out and enclose")
_NOTE = Text(
    "新文件附在答复中，决定作出后由申请人下载；原件在办结后清除。",
    "The new file goes out with the answer once it is decided; the original is forgotten when the case ends.",
)
_ENCLOSED = Text("已附到办件：{name}", "Enclosed: {name}")
_TAKEN_BACK = Text("已撤下附件", "The enclosure was taken back")
_SEVERED_NAME = Text("（区分处理）", " (severed)")
_SOURCE = "source"
_LABELS = {
    _SOURCE: Text("原件", "Original"),
    str(EnclosureKind.RELEASED): Text("可全部公开的文件", "A document that is given in full"),
    str(EnclosureKind.RECEIVED): Text("扫描件", "Scan"),
}
KIND_TEXTS = {
    EnclosureKind.RELEASED: Text("随答复公开", "Goes out with the answer"),
    EnclosureKind.RECEIVED: Text("来文，不公开", "Came in, not given out"),
}


@needs_officer(SEVER)
@require_http_methods(["GET", "HEAD", "POST"])
def show_documents(request: HttpRequest, number: str) -> HttpResponse:
    """The files of the answer; a document is sent to be severed, or put to the case as it is."""
    case = handled_case(actor=actor_for(request), number=number, at=timezone.now())
    if request.method != "POST":
        return _show(request, case)
    try:
        if request.POST.get("act") == "take_back":
            return _take_back(request, case)
        return _taken(request, case)
    except (UploadRefused, RuleViolation) as refused:
        return _show(request, case, problem=refused.sentence)


@needs_officer(SEVER)
@require_http_methods(["GET", "HEAD", "POST"])
def mark_document(request: HttpRequest, number: str, file_id: int) -> HttpResponse | FileResponse:
    """Mark what is to be taken out; the severed file is enclosed with its proof."""
    actor = actor_for(request)
    case = handled_case(actor=actor, number=number, at=timezone.now())
    stored, kind = own_document(actor=actor, file_id=file_id, case_id=case.case.id)
    name = f"{stored.name.rpartition('.')[0] or stored.name}{say(_SEVERED_NAME)}.pdf"

    def keep(severed: Severed) -> HttpResponse:
        proof = RemovalProof(
            source_sha256=severed.source_sha256,
            sha256=severed.sha256,
            pages=severed.pages,
            regions=len(severed.regions),
        )
        _enclose(
            request,
            case,
            kind=EnclosureKind.RELEASED,
            name=name,
            media_type="application/pdf",
            content=severed.content,
            proof=proof,
        )
        return redirect("disclosure:documents", number)

    place = Place(
        pictures=reverse("disclosure:document", args=(number, file_id)),
        back=reverse("disclosure:documents", args=(number,)),
        finish=_FINISH,
        note=_NOTE,
    )
    return marked(request, stored, kind, place, keep)


@needs_officer(SEVER)
@require_safe
def show_picture(request: HttpRequest, number: str, file_id: int, page: int) -> HttpResponse:
    """A page of the document as it is, to the office that handles the case."""
    actor = actor_for(request)
    case = handled_case(actor=actor, number=number, at=timezone.now())
    stored, kind = own_document(actor=actor, file_id=file_id, case_id=case.case.id)
    return picture_of(stored, kind, page)


def _show(request: HttpRequest, case: CaseForOfficer, *, problem: Text | None = None) -> HttpResponse:
    now = enclosable(case)
    context = {
        "number": case.case.number,
        "files": {name: file_control(name, label) for name, label in _LABELS.items()},
        "problem": problem,
        "sources": documents_of(case.case.id),
        "enclosures": [
            {"view": each, "kind": KIND_TEXTS[each.kind], "may_go": each.kind in now}
            for each in case.enclosures
        ],
        "may_release": EnclosureKind.RELEASED in now,
        "may_receive": EnclosureKind.RECEIVED in now,
    }
    status = 422 if problem is not None else 200
    return render(request, "portal/disclosure/documents.html", context, status=status)


def _taken(request: HttpRequest, case: CaseForOfficer) -> HttpResponse:
    """A file to be severed, or one that is put to the case as it is."""
    kinds = {str(kind): kind for kind in EnclosureKind}
    kind = kinds.get(request.POST.get("act", ""))
    number, upload = case.case.number, request.FILES.get(kind or _SOURCE)
    if not isinstance(upload, UploadedFile):
        return _show(request, case, problem=NO_FILE)
    if kind is None:
        file_id = take_document(actor=actor_for(request), at=timezone.now(), upload=upload, number=number)
        return redirect("disclosure:document", number, file_id)
    checked = check_upload(upload, accept=[*SourceKind], most_bytes=MOST_MEGABYTES * 1_000_000)
    _enclose(
        request,
        case,
        kind=kind,
        name=upload.name or checked,
        media_type=MEDIA_TYPES[checked],
        content=b"".join(upload.chunks()),
    )
    return redirect("disclosure:documents", number)


def _take_back(request: HttpRequest, case: CaseForOfficer) -> HttpResponse:
    written = request.POST.get("enclosure", "")
    enclosure_id = int(written) if written.isascii() and written.isdigit() and len(written) < 16 else 0
    take_back_enclosure(
        actor=actor_for(request), at=timezone.now(), case_id=case.case.id, enclosure_id=enclosure_id
    )
    messages.success(request, say(_TAKEN_BACK))
    return redirect("disclosure:documents", case.case.number)


def _enclose(
    request: HttpRequest,
    case: CaseForOfficer,
    *,
    kind: EnclosureKind,
    name: str,
    media_type: str,
    content: bytes,
    proof: RemovalProof | None = None,
) -> None:
    enclose(
        actor=actor_for(request),
        at=timezone.now(),
        case_id=case.case.id,
        kind=kind,
        name=name,
        media_type=media_type,
        content=content,
        proof=proof,
    )
    messages.success(request, say(_ENCLOSED.fill(name=name)))
