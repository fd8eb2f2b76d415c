"""Public answers of trust. Nothing here is secret, and no entry can be found without knowing its hash."""

from __future__ import annotations

from base64 import b64encode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.trust import api
from yiwang.trust.contracts import HeadNotFound

_LARGEST = 2**62


@require_safe
@cache_control(public=True, max_age=3600)
def root(request: HttpRequest) -> HttpResponse:
    """The city's root certificates in PEM."""
    return HttpResponse(
        "".join(api.root_certificates(at=timezone.now())), content_type="application/x-pem-file"
    )


@require_safe
@cache_control(public=True, max_age=300)
def revoked_seals(request: HttpRequest) -> HttpResponse:
    """The list of revoked seals (RFC 5280), in DER."""
    return HttpResponse(api.revocation_list(at=timezone.now()), content_type="application/pkix-crl")


@require_safe
def ledger_key(request: HttpRequest) -> HttpResponse:
    """The Ed25519 key that signs the ledger."""
    key = api.ledger_public_key()
    if key is None:
        raise HeadNotFound(size=0)
    return JsonResponse({"algorithm": "Ed25519", "key": b64encode(key).decode()})


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed head as a C2SP checkpoint."""
    head = api.latest_head()
    if head is None:
        raise HeadNotFound(size=0)
    return HttpResponse(head.note, content_type="text/plain; charset=utf-8")


@require_safe
def inclusion(request: HttpRequest) -> HttpResponse:
    """Proof that the leaf of a hash stands in the ledger: ``?hash=<64 hex digits>[&size=]``."""
    text = request.GET.get("hash", "")
    try:
        wanted = bytes.fromhex(text)
    except ValueError:
        wanted = b""
    if len(wanted) != 32:
        raise InvalidInput((FieldProblem("hash", Text("须为64位十六进制数", "Give 64 hexadecimal digits")),))
    size = _number(request, "size") if "size" in request.GET else None
    proof = api.inclusion_proof_by_hash(wanted, size=size)
    return JsonResponse(
        {
            "index": proof.index,
            "path": [b64encode(element).decode() for element in proof.path],
            "checkpoint": proof.head.note,
        }
    )


@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """Proof that the ledger of size ``first`` begins that of size ``second``."""
    first, second = _number(request, "first"), _number(request, "second")
    if first > second:
        raise InvalidInput((FieldProblem("first", Text("不得大于second", "Must not exceed second")),))
    proof = api.consistency_proof(first, second)
    return JsonResponse(
        {
            "older": proof.older.note,
            "newer": proof.newer.note,
            "path": [b64encode(element).decode() for element in proof.path],
        }
    )


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and 0 < int(text[:20]) < _LARGEST and len(text) <= 20):
        raise InvalidInput((FieldProblem(name, Text("须为正整数", "Give a positive whole number")),))
    return int(text)
