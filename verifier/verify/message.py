"""One message between two nodes, checked whole against the city's root."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from .certificates import both_certified
from .container import Container
from .findings import Findings
from .ledger_proof import check_ledger
from .signatures import signed_at
from .stamps import stamp_of
from .statuses import both_count


def check_container(
    held: Container, root_pem: bytes | None, key: bytes | None, checkpoints: Sequence[str]
) -> Findings:
    """Check everything of a container against the city's root; each finding stands for itself."""
    findings = Findings()
    root = x509.load_pem_x509_certificates(root_pem or held.root)[-1]
    if root_pem is None:
        mark = root.fingerprint(hashes.SHA256()).hex()
        findings.notes.append(
            (
                f"根证书取自文件，请核对其指纹：{mark}",
                "the root certificate is the file's own: compare its fingerprint, or give one with --root",
            )
        )
    asker, provider = held.certificates["asker"], held.certificates["provider"]
    asked = findings.prove(
        "请求由询问节点签名",
        "the asking node signed the request",
        lambda: signed_at(held.request, asker, None),
    )
    answered = findings.prove(
        "应答由提供节点签名",
        "the providing node signed the answer to it",
        lambda: signed_at(held.answer, provider, held.request),
    )
    findings.prove(
        "城市为两个节点签发了证书",
        "the city certified both nodes for that time",
        lambda: both_certified(held, root, asked, answered),
    )
    findings.prove(
        "两张证书当时未被吊销", "neither certificate was revoked", lambda: both_count(held, root, answered)
    )
    stamped = findings.prove(
        "时间戳证明报文当时已存在", "a time stamp covers the message", lambda: stamp_of(held, root, answered)
    )
    check_ledger(findings, held, root, key, checkpoints)
    _tell(findings, held, stamped)
    return findings


def _tell(findings: Findings, held: Container, stamped: datetime | None) -> None:
    client, service = held.request.headers["yiwang-client"], held.request.headers["yiwang-service"]
    when = stamped.isoformat() if stamped else "?"
    findings.notes.append(
        (
            f"报文 {held.request.headers['yiwang-message']}：{client} 询问 {service}，时间戳 {when}",
            f"{client} asked {service}, answered with {held.answer.status}",
        )
    )
