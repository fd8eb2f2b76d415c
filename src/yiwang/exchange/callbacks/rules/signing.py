"""HTTP Message Signatures (RFC 9421) with HMAC-SHA256 over what a callback is. Pure.

The receiver holds the key; the signature covers method, address, digest of the body (RFC 9530) and the id of
the delivery, with the instant of signing, so that neither another body nor an old one passes.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime

_PARTS = '("@method" "@target-uri" "content-digest" "yiwang-delivery")'


def digest_header(body: bytes) -> str:
    """``Content-Digest`` or ``Repr-Digest`` of bytes that are sent as they are."""
    return f"sha-256=:{b64encode(hashlib.sha256(body).digest()).decode()}:"


def digest_header_of(sha256: str) -> str:
    """The same of a digest that is known already, in hexadecimal."""
    return f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"


def signed_headers(
    *, url: str, body: bytes, delivery: str, key: bytes, key_id: str, at: datetime
) -> Mapping[str, str]:
    """The headers of a POST."""
    digest = digest_header(body)
    parameters = f'{_PARTS};created={int(at.timestamp())};keyid="{key_id}";alg="hmac-sha256"'
    covered = "\n".join(
        (
            '"@method": POST',
            f'"@target-uri": {url}',
            f'"content-digest": {digest}',
            f'"yiwang-delivery": {delivery}',
            f'"@signature-params": {parameters}',
        )
    )
    signature = b64encode(hmac.digest(key, covered.encode(), hashlib.sha256)).decode()
    return {
        "Content-Type": "application/json",
        "Content-Digest": digest,
        "Yiwang-Delivery": delivery,
        "Signature-Input": f"yiwang={parameters}",
        "Signature": f"yiwang=:{signature}:",
    }
