"""HTTP message signatures (RFC 9421) with content digests (RFC 9530), for the few components nodes use.

Nothing depends on the order of headers, of covered components or of a signature's parameters: the base is
made from what the signature itself lists.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import http_sf

from yiwang.exchange.nodes.contracts import Fault, HttpMessage, MessageRefused, Signed
from yiwang.exchange.nodes.rules.suites import ED25519, SUITES

#: Clocks may differ by so much, and a message may travel so long.
WINDOW = timedelta(seconds=60)
REQUEST_TAG, ANSWER_TAG = "yiwang-request", "yiwang-answer"
REQUEST_PARTS = (
    "@method",
    "@target-uri",
    "content-digest",
    "content-type",
    "date",
    "yiwang-message",
    "yiwang-client",
    "yiwang-service",
    "yiwang-purpose",
)
#: An answer also signs the request's digest and signature, so that it belongs to this request only.
ANSWER_PARTS = (
    "@status",
    "content-digest",
    "content-type",
    "date",
    "yiwang-message",
    "content-digest;req",
    "signature;req",
)
_DERIVED = frozenset({"@method", "@target-uri", "@status"})
_KNOWN_PARAMETERS = frozenset({"created", "expires", "nonce", "keyid", "alg"})  # and the tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: the certificate's serial number names the key."""

    keyid: str
    sign: Callable[[bytes], bytes]


def content_digest(body: bytes) -> str:
    """Give the value of ``Content-Digest``."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


def http_date(at: datetime) -> str:
    """Give an instant as RFC 9110 section 5.6.7 writes it."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    utc = at.astimezone(UTC)
    return f"{days[utc.weekday()]}, {utc.day:02} {months[utc.month - 1]} {utc.year} {utc:%H:%M:%S} GMT"


def signed(
    message: HttpMessage, signer: Signer, *, at: datetime, nonce: str, request: HttpMessage | None = None
) -> HttpMessage:
    """Add digest, date and signature to a message; an answer is bound to its request."""
    headers = {**message.headers, "content-digest": content_digest(message.body), "date": http_date(at)}
    whole = HttpMessage(
        headers=headers,
        body=message.body,
        method=message.method,
        target=message.target,
        status=message.status,
    )
    parts, tag = (REQUEST_PARTS, REQUEST_TAG) if request is None else (ANSWER_PARTS, ANSWER_TAG)
    created = int(at.timestamp())
    listed = " ".join(_named(part) for part in parts)
    parameters = (
        f"({listed});created={created};expires={created + int(WINDOW.total_seconds())}"
        f';nonce="{nonce}";keyid="{signer.keyid}";alg="{ED25519}";tag="{tag}"'
    )
    signature = signer.sign(_base(whole, parts, parameters, request))
    headers["signature-input"] = f"node={parameters}"
    headers["signature"] = f"node=:{b64encode(signature).decode()}:"
    return whole


def verified(
    message: HttpMessage,
    key_of: Callable[[str], bytes],
    *,
    at: datetime | None,
    request: HttpMessage | None = None,
) -> Signed:
    """Check digest, coverage, window and signature; ``at`` None leaves the window out, for old evidence.

    ``key_of`` gives the raw public key of a key id, or raises.

    Raises:
        MessageRefused: with its fault.
    """
    tag = REQUEST_TAG if request is None else ANSWER_TAG
    label, parts, parameters, spelled = _input(message, tag)
    suite = _text(parameters, "alg")
    if suite not in SUITES:
        raise MessageRefused(fault=Fault.UNKNOWN_SUITE)
    if not set(REQUEST_PARTS if request is None else ANSWER_PARTS) <= set(parts):
        raise MessageRefused(fault=Fault.NOT_COVERED)
    created, expires = _instant(parameters, "created"), _instant(parameters, "expires")
    if at is not None and not (at - WINDOW <= created <= at + WINDOW and at <= expires <= at + 2 * WINDOW):
        raise MessageRefused(fault=Fault.CLOCK_SKEW)
    if message.headers.get("content-digest") != content_digest(message.body):
        raise MessageRefused(fault=Fault.BODY_ALTERED)
    keyid = _text(parameters, "keyid")
    nonce = _text(parameters, "nonce")
    base = _base(message, parts, spelled, request)
    if not SUITES[suite].verifies(key_of(keyid), _signature(message, label), base):
        raise MessageRefused(fault=Fault.SIGNATURE_FALSE)
    return Signed(label=label, keyid=keyid, suite=suite, nonce=nonce, created=created, covered=tuple(parts))


def _named(part: str) -> str:
    name, _, flag = part.partition(";")
    return f'"{name}";{flag}' if flag else f'"{name}"'


def _base(message: HttpMessage, parts: Sequence[str], parameters: str, request: HttpMessage | None) -> bytes:
    """The signature base of RFC 9421 section 2.5."""
    lines = [f"{_named(part)}: {_value(message, part, request)}" for part in parts]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def _value(message: HttpMessage, part: str, request: HttpMessage | None) -> str:
    name, _, flag = part.partition(";")
    source = message
    if flag == "req" and request is not None:
        source = request
    elif flag:
        raise MessageRefused(fault=Fault.NOT_COVERED)
    if name in _DERIVED:
        derived = {"@method": source.method, "@target-uri": source.target, "@status": str(source.status)}
        return derived[name]
    value = source.headers.get(name)
    if value is None or name.startswith("@"):
        raise MessageRefused(fault=Fault.NOT_COVERED)
    # Header values are bytes beyond ASCII to HTTP; nodes write none, so one was put in on the way.
    if not value.isascii() or "\n" in value or "\r" in value:
        raise MessageRefused(fault=Fault.MALFORMED)
    return value.strip()


def _input(message: HttpMessage, tag: str) -> tuple[str, list[str], dict[str, object], str]:
    """The one signature that bears our tag: its label, its parts, its parameters, and both as spelled.

    As they were sent: signers may write them in any order.
    """
    if "signature-input" not in message.headers or "signature" not in message.headers:
        raise MessageRefused(fault=Fault.UNSIGNED)
    found = _parsed(message.headers["signature-input"])
    ours = [(label, inner) for label, member in found.items() if (inner := _inner(member, tag)) is not None]
    if len(ours) != 1:
        raise MessageRefused(fault=Fault.UNSIGNED)
    label, (parts, parameters) = ours[0]
    name, _, spelled = message.headers["signature-input"].strip().partition("=")
    wrong = len(found) != 1 or name != label
    if wrong or set(parameters) - _KNOWN_PARAMETERS or len(set(parts)) != len(parts):
        raise MessageRefused(fault=Fault.MALFORMED)
    return label, parts, parameters, spelled


def _inner(member: object, tag: str) -> tuple[list[str], dict[str, object]] | None:
    """The parts and parameters of a signature that bears the tag."""
    match member:
        case ([*items], {"tag": found, **others}) if found == tag:
            return [_part(item) for item in items], {str(name): value for name, value in others.items()}
    return None


def _part(item: object) -> str:
    match item:
        case (str() as name, dict() as flags) if name == name.lower() and flags in ({}, {"req": True}):
            return f"{name};req" if flags else name
    raise MessageRefused(fault=Fault.MALFORMED)


def _parsed(value: str) -> Mapping[str, object]:
    def refuse(key: str, context: str) -> None:
        raise ValueError(key)

    try:
        found = http_sf.parse(value.encode("ascii"), tltype="dictionary", on_duplicate_key=refuse)
    except (ValueError, UnicodeEncodeError):
        raise MessageRefused(fault=Fault.MALFORMED) from None
    if not isinstance(found, dict):
        raise MessageRefused(fault=Fault.MALFORMED)
    return found


def _signature(message: HttpMessage, label: str) -> bytes:
    match _parsed(message.headers["signature"]).get(label):
        case (bytes() as value, dict()):
            return value
    raise MessageRefused(fault=Fault.MALFORMED)


def _text(parameters: dict[str, object], name: str) -> str:
    value = parameters.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= 100:
        raise MessageRefused(fault=Fault.MALFORMED)
    return value


def _instant(parameters: dict[str, object], name: str) -> datetime:
    value = parameters.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**33:
        raise MessageRefused(fault=Fault.MALFORMED)
    return datetime.fromtimestamp(value, UTC)
