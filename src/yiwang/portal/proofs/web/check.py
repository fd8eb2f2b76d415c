"""核验本页: what a published page says, hashed, with the time stamp that proves it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yiwang.kernel.text import Text
from yiwang.platform.web.wording import moment
from yiwang.portal.proofs import api
from yiwang.portal.proofs.contracts import Proof

_COLUMNS = (
    {"key": "time", "label": Text("发布时间", "Stamped"), "head": True, "nowrap": True},
    {"key": "digest", "label": Text("内容摘要（SHA-256）", "Digest (SHA-256)")},
    {"key": "token", "label": Text("时间戳", "Time stamp"), "nowrap": True},
)


@require_safe
def page(request: HttpRequest, page: int) -> HttpResponse:
    """A page and its proofs."""
    checked = api.check_page(page)
    proof = checked.proof
    context: dict[str, object] = {
        "checked": checked,
        "public": f"/sites/{checked.address}",
        "facts": _facts(proof, checked.digest),
        "answer": _answer_of(proof) if proof else "",
        "answer_name": f"{proof.revision}.tsr" if proof else "",
        "text": reverse("proofs:canonical", args=[page]),
        "columns": _COLUMNS,
        "rows": [_row(one) for one in checked.earlier],
    }
    return render(request, "proofs/page.html", context)


@require_safe
def canonical(request: HttpRequest, page: int) -> HttpResponse:
    """The canonical text of what is published, as it is hashed."""
    return _download(api.check_page(page).canonical, "application/json", f"page-{page}.json")


@require_safe
def answer(request: HttpRequest, page: int, revision: int) -> HttpResponse:
    """The time stamp of one publication."""
    proof = api.proof_of(page, revision)
    return _download(proof.answer, "application/timestamp-reply", f"{revision}.tsr")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _facts(proof: Proof | None, digest: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [
        {"key": Text("内容摘要（SHA-256）", "Digest (SHA-256)"), "value": digest}
    ]
    if proof is not None:
        found += [
            {"key": Text("时间戳时间", "Time of the stamp"), "value": moment(proof.stamped_at)},
            {"key": Text("时间戳机构", "Stamped by"), "value": proof.issuer},
        ]
    return found


def _row(proof: Proof) -> dict[str, object]:
    return {
        "time": moment(proof.stamped_at),
        "digest": proof.digest,
        "token": {"text": Text("下载", "Download"), "href": _answer_of(proof)},
    }


def _answer_of(proof: Proof) -> str:
    return reverse("proofs:answer", args=[proof.page, proof.revision])
