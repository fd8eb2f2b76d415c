"""Signatures of messages (RFC 9421, Ed25519) over their digests (RFC 9530)."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .container import ANSWER_HEADERS, REQUEST_HEADERS, Message
from .fields import exact
from .findings import Broken

REQUEST_PARTS = {"@method", "@target-uri"} | REQUEST_HEADERS - {"signature-input", "signature"}
ANSWER_PARTS = {"@status", "content-digest;req", "signature;req"} | ANSWER_HEADERS - {
    "signature-input",
    "signature",
}
_SIGNATURE_INPUT = re.compile(
    r'([a-z*][a-z0-9_.*-]*)=(\( *((?:"[^"\\]*"(?:;req)?(?: +|(?=\))))*)\)'
    r'((?:;[a-z*]+=(?:\d{1,15}|"[^"\\]*"))*))'
)


def signed_at(message: Message, certificate: x509.Certificate, request: Message | None) -> datetime:
    """Check a message's digest and signature (RFC 9421, 9530); give when it says that it was signed."""
    found = _SIGNATURE_INPUT.fullmatch(message.headers["signature-input"])
    if found is None:
        raise Broken("签名参数格式有误", "the signature's parameters are malformed")
    label, raw = found[1], found[2]
    parts = [f"{name}{flag}" for name, flag in re.findall(r'"([^"\\]*)"(;req)?', found[3])]
    said = re.findall(r';([a-z*]+)=(?:(\d+)|"([^"\\]*)")', found[4])
    parameters = {name: number or text for name, number, text in said}
    wanted, tag = (REQUEST_PARTS, "yiwang-request") if request is None else (ANSWER_PARTS, "yiwang-answer")
    if len(parameters) != len(said) or len(set(parts)) != len(parts):
        raise Broken("签名参数重复", "the signature repeats a part")
    if parameters.get("alg") != "ed25519" or parameters.get("tag") != tag:
        raise Broken("签名算法或用途不符", "the signature is of another suite or for another use")
    if not wanted <= set(parts):
        raise Broken("签名没有覆盖必须的部分", "the signature does not cover what it must")
    if message.headers["content-digest"] != f"sha-256=:{b64encode(sha256(message.body).digest()).decode()}:":
        raise Broken("正文与摘要不符", "the body does not match its digest")
    if request is not None and message.headers["yiwang-message"] != request.headers["yiwang-message"]:
        raise Broken("应答属于另一份请求", "the answer belongs to another request")
    key = certificate.public_key()
    if parameters.get("keyid") != f"{certificate.serial_number:x}" or not isinstance(key, Ed25519PublicKey):
        raise Broken("不是证书中的密钥", "the key is not the certificate's")
    base = [f"{_quoted(part)}: {_part(message, part, request)}" for part in parts]
    signature = re.fullmatch(re.escape(label) + r"=:([A-Za-z0-9+/=]+):", message.headers["signature"])
    if signature is None:
        raise Broken("签名格式有误", "the signature is malformed")
    try:
        key.verify(exact(signature[1]), "\n".join([*base, f'"@signature-params": {raw}']).encode())
    except InvalidSignature:
        raise Broken("签名验证不通过", "the signature does not verify") from None
    return datetime.fromtimestamp(int(parameters["created"]), UTC)


def _quoted(part: str) -> str:
    name, _, flag = part.partition(";")
    return f'"{name}";{flag}' if flag else f'"{name}"'


def _part(message: Message, part: str, request: Message | None) -> str:
    """The value of a covered component (RFC 9421, section 2)."""
    name, _, flag = part.partition(";")
    source = request if flag else message
    if source is None:
        raise Broken("签名没有覆盖必须的部分", "the signature covers what is not there")
    derived = {"@method": source.method, "@target-uri": source.target, "@status": str(source.status)}
    value = derived[name] if name in derived else source.headers[name]
    if "\n" in value or "\r" in value:
        raise Broken("标头格式有误", "a header is malformed")
    return value.strip()
