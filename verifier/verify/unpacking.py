"""A container of unknown origin, read: exactly the files and fields that belong to it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from .certificates import read_certificate
from .container import ANSWER_HEADERS, REQUEST_HEADERS, Batch, Container, LedgerProof, Message
from .fields import exact, fields, listed, number, text, texts
from .findings import Unreadable

CONTAINER = "yiwang-node-evidence/2"
LARGEST_CONTAINER = 30_000_000
FILES = {
    "README.txt", "manifest.json", "request.body", "answer.body", "asker.der", "provider.der", "ledger.der",
    "root.pem", "status0.ocsp", "status1.ocsp", "timestamp.tst",
}  # fmt: skip
STATUSES = {"status0.ocsp", "status1.ocsp"}


def unpacked(path: Path) -> Container:
    """Read a container of unknown origin: exactly the files and fields that belong to it."""
    with zipfile.ZipFile(path) as opened_zip:
        listed = [each.filename for each in opened_zip.infolist()]
        if sum(each.file_size for each in opened_zip.infolist()) > LARGEST_CONTAINER:
            raise Unreadable("the container is too large")
        if len(set(listed)) != len(listed) or not FILES - STATUSES <= set(listed) <= FILES:
            raise Unreadable("the container does not hold the files of evidence")
        files = {name: opened_zip.read(name) for name in listed}
    told = fields(json.loads(files["manifest.json"]), {"format", "request", "answer", "batch", "ledger"})
    if told["format"] != CONTAINER:
        raise Unreadable("a container of another format")
    request = fields(told["request"], {"method", "target", "headers"})
    answer = fields(told["answer"], {"status", "headers"})
    return Container(
        request=Message(
            method=text(request["method"]),
            target=text(request["target"]),
            headers=texts(request["headers"], REQUEST_HEADERS),
            body=files["request.body"],
        ),
        answer=Message(
            status=number(answer["status"]),
            headers=texts(answer["headers"], ANSWER_HEADERS),
            body=files["answer.body"],
        ),
        certificates={
            name: read_certificate(files[f"{name}.der"]) for name in ("asker", "provider", "ledger")
        },
        statuses=[files[name] for name in sorted(STATUSES) if name in files],
        batch=_batch(told["batch"]),
        token=files["timestamp.tst"],
        ledger=_ledger(told["ledger"]),
        root=files["root.pem"],
    )


def _batch(told: object) -> Batch:
    batch = fields(told, {"index", "size", "path"})
    return Batch(index=number(batch["index"]), size=number(batch["size"]), path=_path(batch))


def _ledger(told: object) -> LedgerProof:
    ledger = fields(told, {"node", "key", "vouched", "checkpoint", "leaf", "index", "path"})
    return LedgerProof(
        node=text(ledger["node"]),
        key=exact(text(ledger["key"])),
        vouched=exact(text(ledger["vouched"])),
        checkpoint=text(ledger["checkpoint"]),
        leaf=texts(ledger["leaf"], {"at", "kind", "subject", "salt"}),
        index=number(ledger["index"]),
        path=_path(ledger),
    )


def _path(told: Mapping[str, object]) -> list[bytes]:
    return [exact(text(part)) for part in listed(told, "path")]
