"""The evidence of one message: a zip that anybody checks offline with nothing but the authority's root."""

from __future__ import annotations

import io
import json
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import NameOID

from yiwang.exchange.nodes.contracts import Fault, HttpMessage, MessageRefused
from yiwang.exchange.nodes.rules.messages import entry_of, split_address
from yiwang.exchange.nodes.rules.signatures import verified
from yiwang.kernel.text import Text

FORMAT = "yiwang-node-evidence/1"
_MOST = 30_000_000
_README = """这份证据证明：一个节点在何时向另一节点问了什么、得到什么回答。用 ./yiwang verify 离线核验。
This shows what one node asked another, what it was answered, and when. Check it offline: ./yiwang verify.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the container holds."""

    request: HttpMessage
    answer: HttpMessage
    asker: bytes
    provider: bytes
    statuses: Sequence[bytes]
    index: int
    size: int
    path: Sequence[bytes]
    token: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """How trust judges what the authority signed; each raises ValueError or tells."""

    issued_by: Callable[..., bool]
    status_of: Callable[[bytes, int, x509.Certificate], tuple[str, datetime]]
    stamped_at: Callable[[bytes, bytes, x509.Certificate], datetime]
    batch_root: Callable[[bytes, int, int, Sequence[bytes]], bytes]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, and whether it holds."""

    title: Text
    holds: bool


def pack(evidence: Evidence) -> bytes:
    """Write the container."""
    request, answer = evidence.request, evidence.answer
    manifest = {
        "format": FORMAT,
        "request": {"method": request.method, "target": request.target, "headers": dict(request.headers)},
        "answer": {"status": answer.status, "headers": dict(answer.headers)},
        "batch": {
            "index": evidence.index,
            "size": evidence.size,
            "path": [b64encode(each).decode() for each in evidence.path],
        },
    }
    files = {
        "README.txt": _README.encode(),
        "manifest.json": json.dumps(manifest, indent=1, sort_keys=True).encode(),
        "request.body": request.body,
        "answer.body": answer.body,
        "asker.der": evidence.asker,
        "provider.der": evidence.provider,
        "timestamp.tst": evidence.token,
        **{f"status{number}.ocsp": each for number, each in enumerate(evidence.statuses)},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in files.items():
            container.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def unpack(container: bytes) -> Evidence:
    """Read a container of unknown origin.

    Raises:
        ValueError: it is none, or far too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(container)) as opened:
            if sum(each.file_size for each in opened.infolist()) > _MOST:
                raise ValueError("too large")
            files = {name: opened.read(name) for name in opened.namelist()}
        manifest = json.loads(files["manifest.json"])
        if manifest["format"] != FORMAT:
            raise ValueError("another format")
        request, answer, batch = manifest["request"], manifest["answer"], manifest["batch"]
        return Evidence(
            request=HttpMessage(
                method=request["method"],
                target=request["target"],
                headers=_texts(request["headers"]),
                body=files["request.body"],
            ),
            answer=HttpMessage(
                status=int(answer["status"]), headers=_texts(answer["headers"]), body=files["answer.body"]
            ),
            asker=files["asker.der"],
            provider=files["provider.der"],
            statuses=[content for name, content in sorted(files.items()) if name.endswith(".ocsp")],
            index=int(batch["index"]),
            size=int(batch["size"]),
            path=[b64decode(each, validate=True) for each in batch["path"]],
            token=files["timestamp.tst"],
        )
    except (zipfile.BadZipFile, KeyError, TypeError, RecursionError, NotImplementedError, RuntimeError):
        raise ValueError("no container of evidence") from None


def check(evidence: Evidence, root: x509.Certificate, judge: Judge) -> list[Finding]:
    """Check everything; each finding stands for itself, all must hold."""
    asker, provider = (x509.load_der_x509_certificate(each) for each in (evidence.asker, evidence.provider))
    request, answer = evidence.request, evidence.answer
    asked_at = _signed_at(request, asker, None)
    answered_at = _signed_at(answer, provider, request)
    try:
        entry = entry_of(request.headers["yiwang-message"], request.headers, answer.headers)
        leaf = sha256(b"\x00" + entry).digest()
        stamped = judge.stamped_at(
            evidence.token, judge.batch_root(leaf, evidence.index, evidence.size, evidence.path), root
        )
    except (ValueError, KeyError):
        stamped = None
    certified = all(
        at is not None and judge.issued_by(certificate, root, at=at)
        for certificate, at in ((asker, asked_at), (provider, answered_at))
    )
    counted = all(
        _said_good(evidence.statuses, certificate, root, judge) for certificate in (asker, provider)
    )
    return [
        Finding(Text("请求由询问节点签名", "The asking node signed the request"), asked_at is not None),
        Finding(Text("应答由提供节点签名", "The providing node signed the answer"), answered_at is not None),
        Finding(Text("证书由城市签发且当时有效", "The city certified both, for that time"), certified),
        Finding(
            Text("证书属于所称节点", "The certificates name these nodes"),
            _names(asker, request, "yiwang-client") and _names(provider, request, "yiwang-service"),
        ),
        Finding(
            Text("证书状态有效", "Both certificates counted"),
            counted,
        ),
        Finding(
            Text("在时间戳所示时刻已存在", "It existed at the time of the stamp"),
            stamped is not None and answered_at is not None and stamped >= answered_at.replace(microsecond=0),
        ),
    ]


def _signed_at(
    message: HttpMessage, certificate: x509.Certificate, request: HttpMessage | None
) -> datetime | None:
    key = certificate.public_key()

    def key_of(keyid: str) -> bytes:
        if keyid != f"{certificate.serial_number:x}" or not isinstance(key, Ed25519PublicKey):
            raise MessageRefused(fault=Fault.UNKNOWN_KEY)
        return key.public_bytes_raw()

    try:
        return verified(message, key_of, at=None, request=request).created
    except MessageRefused:
        return None


def _names(certificate: x509.Certificate, request: HttpMessage, header: str) -> bool:
    try:
        node, _ = split_address(request.headers.get(header, ""))
    except MessageRefused:
        return False
    return [each.value for each in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)] == [node]


def _said_good(
    statuses: Sequence[bytes], certificate: x509.Certificate, root: x509.Certificate, judge: Judge
) -> bool:
    for status in statuses:
        try:
            said, _ = judge.status_of(status, certificate.serial_number, root)
        except ValueError:
            continue
        if said == "good":
            return True
    return False


def _texts(value: Mapping[str, object]) -> dict[str, str]:
    return {str(name): str(content) for name, content in value.items()}
