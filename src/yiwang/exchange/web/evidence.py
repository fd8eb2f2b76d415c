"""Evidence for auditors: the signed ledger, the file of all looks, and the program that checks it."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.exchange import api
from yiwang.exchange.contracts import EvidenceNotReady
from yiwang.identity.api import actor_for, needs_officer
from yiwang.platform.environment import ROOT
from yiwang.trust import api as trust

TAKE = "exchange.evidence.take"
_VERIFIER = ROOT / "verifier"
#: The oldest that a zip can tell: the same program gives the same bytes, which may be compared.
_UNDATED = (1980, 1, 1, 0, 0, 0)


@needs_officer(TAKE)
@require_safe
def show_evidence(request: HttpRequest) -> HttpResponse:
    """How far the ledger is signed, and what there is to take away."""
    context = {
        "head": trust.latest_head(),
        "key": b64encode(trust.ledger_public_key() or b"").decode(),
    }
    return render(request, "exchange/evidence.html", context)


@needs_officer(TAKE)
@require_POST
def take_file(request: HttpRequest) -> StreamingHttpResponse:
    """The evidence from a leaf on, made while it is sent."""
    written = request.POST.get("first", "").strip() or "0"
    if not (written.isascii() and written.isdigit() and len(written) < 16):
        raise EvidenceNotReady(first=0)
    asked = api.take_evidence(actor=actor_for(request), at=timezone.now(), first=int(written))
    response = StreamingHttpResponse(api.evidence_file(asked), content_type="application/gzip")
    name = f"evidence-{asked.first}-{asked.size}.jsonl.gz"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@needs_officer(TAKE)
@require_safe
def verifier(request: HttpRequest) -> FileResponse:
    """The program that checks it, as a zip that runs; auditors had better keep a copy of their own."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as program:
        for file in sorted(_VERIFIER.rglob("*.py")):
            name = ZipInfo(file.relative_to(_VERIFIER).as_posix(), _UNDATED)
            program.writestr(name, file.read_bytes(), ZIP_DEFLATED)
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename="verifier.zip", content_type="application/zip")
