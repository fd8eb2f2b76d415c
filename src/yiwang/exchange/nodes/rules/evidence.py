"""The evidence of one message: a zip that ``verifier`` checks offline against the city's root."""

from __future__ import annotations

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from yiwang.exchange.nodes.contracts import HttpMessage

FORMAT = "yiwang-node-evidence/2"
_README = """这份证据证明：一个节点在何时向另一节点问了什么、得到什么回答，并已记入账本。离线核验：
python3 verifier message.zip --root root.pem
This shows what one node asked another, what it was answered, when, and where it stands in the ledger.
Check it offline as above, with a root certificate of the city that you hold already.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerProof:
    """The message's leaf in a node's ledger; ``vouched`` is the node's signature of :func:`vouching`."""

    node: str
    certificate: bytes
    key: bytes
    vouched: bytes
    checkpoint: str
    recorded_at: datetime
    kind: str
    subject: str
    salt: bytes
    index: int
    path: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the container holds; certificates in DER, the root in PEM."""

    request: HttpMessage
    answer: HttpMessage
    asker: bytes
    provider: bytes
    root: bytes
    statuses: Sequence[bytes]
    index: int
    size: int
    path: Sequence[bytes]
    token: bytes
    ledger: LedgerProof


def vouching(node: str, key: bytes) -> bytes:
    """What a node signs so that its certificate carries the key of its ledger."""
    return f"yiwang-ledger-key/1\n{node}\n{_text(key)}\n".encode()


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
            "path": [_text(each) for each in evidence.path],
        },
        "ledger": _told(evidence.ledger),
    }
    files = {
        "README.txt": _README.encode(),
        "manifest.json": json.dumps(manifest, indent=1, sort_keys=True).encode(),
        "request.body": request.body,
        "answer.body": answer.body,
        "asker.der": evidence.asker,
        "provider.der": evidence.provider,
        "ledger.der": evidence.ledger.certificate,
        "root.pem": evidence.root,
        "timestamp.tst": evidence.token,
        **{f"status{number}.ocsp": each for number, each in enumerate(evidence.statuses)},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in files.items():
            container.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def _told(ledger: LedgerProof) -> dict[str, object]:
    return {
        "node": ledger.node,
        "key": _text(ledger.key),
        "vouched": _text(ledger.vouched),
        "checkpoint": ledger.checkpoint,
        "leaf": {
            "at": ledger.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "kind": ledger.kind,
            "subject": ledger.subject,
            "salt": ledger.salt.hex(),
        },
        "index": ledger.index,
        "path": [_text(each) for each in ledger.path],
    }


def _text(content: bytes) -> str:
    return b64encode(content).decode()
