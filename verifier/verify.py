#!/usr/bin/env python3
"""Checks evidence of a Yiwang city offline. Stand-alone: Python 3.11 and ``cryptography``, nothing of Yiwang.

    python3 verify.py evidence.jsonl.gz --key BASE64 [--checkpoint earlier.txt …]
    python3 verify.py message.zip --root root.pem

It reads four kinds of files:

* an evidence file (``.jsonl`` or ``.jsonl.gz``): the ledger's leaves in their order, with the trace lines
  that some of them commit to, and the signed heads;
* a file of proofs (JSON): single trace lines, each with its path to a signed head;
* a consistency proof (JSON), as ``/api/trust/consistency`` gives it;
* a container (``.zip``): one message between two nodes with both signatures, the certificates and what the
  responder said of them, a time stamp, and the message's leaf in the ledger of the node that gave it out.

The formats: a leaf is SHA-256(0x00 || entry), an inner node SHA-256(0x01 || left || right) (RFC 6962,
section 2.1). An entry is ``{"at":…,"content":…,"kind":…,"subject":…}`` as canonical JSON (RFC 8785), where
``content`` is the hexadecimal SHA-256(salt || content). A head is a C2SP checkpoint, signed with Ed25519.
Messages are signed by RFC 9421 (Ed25519) over RFC 9530 digests; certificates are X.509, status answers OCSP
(RFC 6960), time stamps RFC 3161, all ECDSA P-256 with SHA-256 under the city's root.

Exit status: 0 the evidence holds, 1 it does not, 2 the file cannot be read.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
import sys
import time
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

LOOKED = "exchange.looked"
LONGEST_LINE = 1 << 20
MOST_FAULTS = 20
LARGEST_CONTAINER = 30_000_000
T = TypeVar("T")
#: What the libraries raise on content that is none of its kind.
NOT_READ = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, RecursionError,
    InvalidSignature, UnsupportedAlgorithm,
    x509.ExtensionNotFound, x509.DuplicateExtension, x509.InvalidVersion,
)  # fmt: skip


class Unreadable(Exception):
    """The file is no evidence that this program knows."""


class Broken(Exception):
    """Something of a container does not hold; said in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.said = (chinese, english)


@dataclass
class Findings:
    """What was checked and what did not hold."""

    leaves: int = 0
    lines: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    proven: list[tuple[str, str]] = field(default_factory=list)
    unlisted: int = 0

    def fault(self, chinese: str, english: str) -> None:
        """Note something that does not hold; only the first are listed."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((chinese, english))
        else:
            self.unlisted += 1

    def prove(self, chinese: str, english: str, check: Callable[[], T]) -> T | None:
        """Note that a check holds and give what it found out; or why it doesn't."""
        try:
            found = check()
        except Broken as broken:
            self.fault(f"{chinese}：不成立，{broken.said[0]}", f"{english}: no, {broken.said[1]}")
            return None
        except NOT_READ as problem:
            self.fault(f"{chinese}：不成立，内容无法读取", f"{english}: no, it cannot be read ({problem!r})")
            return None
        self.proven.append((chinese, english))
        return found


@dataclass(frozen=True)
class Head:
    """A signed head, its signature checked."""

    size: int
    root: bytes


class Tree:
    """The right edge of a growing tree: the roots of its complete subtrees, the largest first."""

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        if len(edge) != size.bit_count():
            raise Unreadable("the edge does not fit the size")
        self.size = size
        self._edge = list(edge)

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        merged = self.size
        while merged & 1:
            leaf = sha256(b"\x01" + self._edge.pop() + leaf).digest()
            merged >>= 1
        self._edge.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over everything so far."""
        if not self._edge:
            return sha256(b"").digest()
        value = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            value = sha256(b"\x01" + left + value).digest()
        return value


def read_head(note: str, key: bytes) -> Head:
    """Check a checkpoint's signature.

    Raises:
        ValueError: it is no checkpoint, or the key did not sign it.
    """
    body, separator, tail = note.partition("\n\n")
    lines, words = body.split("\n"), tail.removesuffix("\n").split(" ")
    if not separator or len(lines) != 3 or len(words) != 3 or words[:2] != ["\N{EM DASH}", lines[0]]:
        raise ValueError("not a checkpoint")
    signed = exact(words[2])
    if signed[:4] != sha256(lines[0].encode() + b"\n\x01" + key).digest()[:4]:
        raise ValueError("signed with another key")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed[4:], f"{body}\n".encode())
    except InvalidSignature:
        raise ValueError("the signature does not hold") from None
    return Head(size=int(lines[1]), root=exact(lines[2]))


def exact(text: str) -> bytes:
    """Base64 in its one spelling."""
    value = b64decode(text, validate=True)
    if b64encode(value).decode() != text:
        raise ValueError("not the one spelling of base64")
    return value


def canonical(value: dict[str, str]) -> bytes:
    """RFC 8785 for objects of texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf_of(told: dict[str, str], findings: Findings, number: int) -> bytes:
    """The hash of a leaf; a trace line is hashed anew, so that a changed one no longer fits the tree."""
    if "content" in told:
        committed = sha256(bytes.fromhex(told["salt"]) + told["content"].encode()).hexdigest()
        findings.lines += 1
        _check_subject(told, findings, number)
    else:
        committed = told["committed"]
        if told["kind"] == LOOKED and told.get("erased") != "yes":
            findings.fault(
                f"第 {number} 条：查询留痕缺失（只剩账本记录）", f"leaf {number}: the trace line is missing"
            )
    entry = {"at": told["at"], "content": committed, "kind": told["kind"], "subject": told["subject"]}
    return sha256(b"\x00" + canonical(entry)).digest()


def _check_subject(told: dict[str, str], findings: Findings, number: int) -> None:
    if told["subject"] != f"trace:{json.loads(told['content']).get('trace')}":
        findings.fault(
            f"第 {number} 条：留痕编号与账本不符", f"leaf {number}: the line is not the one that it names"
        )


def check_evidence(lines: Iterator[dict[str, object]], key: bytes, held: Sequence[Head]) -> Findings:
    """Grow the tree from the leaves and compare it with every signed head on the way."""
    findings = Findings()
    heading = next(lines)
    heads = {head.size: head for head in _signed_heads(heading, key, findings)}
    last = max(heads, default=0)
    tree = Tree(int(str(heading["first"])), [bytes.fromhex(str(part)) for part in _listed(heading, "edge")])
    known = {head.size: head for head in held}
    if tree.size and tree.size not in known:
        findings.notes.append(
            (
                f"证据自第 {tree.size} 条起；请用 --checkpoint 提供此前保存的检查点",
                f"the evidence begins at leaf {tree.size}: give the checkpoint of that size that you kept",
            )
        )
    heads_to_meet = [(size, head) for source in (heads, known) for size, head in source.items()]
    wanted: dict[int, list[Head]] = {}
    for size, head in heads_to_meet:
        wanted.setdefault(size, []).append(head)
    _meet(tree, wanted, findings)
    for told in lines:
        tree.add(leaf_of({name: str(value) for name, value in told.items()}, findings, tree.size))
        _meet(tree, wanted, findings)
    findings.leaves = tree.size
    if tree.size != last:
        findings.fault(
            f"文件有 {tree.size} 条，签名的账本有 {last} 条",
            f"the file ends at leaf {tree.size}, the signed ledger has {last}",
        )
    for size in sorted(size for size in wanted if size > tree.size):
        findings.fault(f"账本没有达到检查点 {size}", f"the ledger never reached the checkpoint of {size}")
    return findings


def _signed_heads(heading: dict[str, object], key: bytes, findings: Findings) -> list[Head]:
    heads = []
    for note in _listed(heading, "checkpoints"):
        try:
            heads.append(read_head(str(note), key))
        except ValueError as problem:
            findings.fault(f"检查点无效：{problem}", f"a checkpoint does not hold: {problem}")
    return heads


def _meet(tree: Tree, wanted: dict[int, list[Head]], findings: Findings) -> None:
    """Compare the tree with the heads of its present size."""
    for head in wanted.get(tree.size, ()):
        if head.root != tree.root():
            findings.fault(
                f"前 {tree.size} 条与已签名的根不符：其中有记录被改动、删除或调换",
                f"the first {tree.size} leaves do not give the signed root: one was changed, lost or moved",
            )


def check_proofs(told: dict[str, object], key: bytes) -> Findings:
    """Check single lines, each by its path to the signed head."""
    findings = Findings()
    try:
        head = read_head(str(told["checkpoint"]), key)
    except ValueError as problem:
        findings.fault(f"检查点无效：{problem}", f"the checkpoint does not hold: {problem}")
        return findings
    for line in _listed(told, "lines"):
        if not isinstance(line, dict):
            raise Unreadable("a line is no object")
        number = int(line["index"])
        path = [bytes.fromhex(part) for part in line["path"]]
        leaf = leaf_of({name: str(value) for name, value in line.items()}, findings, number)
        if not included(leaf, number, head, path):
            findings.fault(f"第 {number} 条不在账本中", f"leaf {number} does not stand in the ledger")
    findings.leaves = head.size
    return findings


def included(leaf: bytes, index: int, head: Head, path: Sequence[bytes]) -> bool:
    """Whether a leaf stands in the ledger of a head."""
    return climbed(leaf, index, head.size, path) == head.root


def climbed(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to (RFC 9162, section 2.1.3.2); None when it does not fit index and size."""
    if not 0 <= index < size:
        return None
    fn, sn, value = index, size - 1, leaf
    for part in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            value = sha256(b"\x01" + part + value).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = sha256(b"\x01" + value + part).digest()
        fn, sn = fn >> 1, sn >> 1
    return value if sn == 0 else None


def check_consistency(told: dict[str, object], key: bytes) -> Findings:
    """Check that the older ledger begins the newer one."""
    findings = Findings()
    try:
        older, newer = (read_head(str(told[name]), key) for name in ("older", "newer"))
    except ValueError as problem:
        findings.fault(f"检查点无效：{problem}", f"a checkpoint does not hold: {problem}")
        return findings
    path = [b64decode(str(part), validate=True) for part in _listed(told, "path")]
    if not consistent(older, newer, path):
        findings.fault("旧账本不是新账本的开头", "the older ledger is not the beginning of the newer")
    findings.leaves = newer.size
    return findings


def consistent(older: Head, newer: Head, path: Sequence[bytes]) -> bool:
    """RFC 9162, section 2.1.4.2."""
    if not 0 < older.size <= newer.size:
        return False
    if older.size == newer.size:
        return not path and older.root == newer.root
    parts = [older.root, *path] if older.size & (older.size - 1) == 0 else list(path)
    if not parts:
        return False
    fn, sn = older.size - 1, newer.size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = parts[0]
    for part in parts[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = sha256(b"\x01" + part + first).digest(), sha256(b"\x01" + part + second).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = sha256(b"\x01" + second + part).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == older.root and second == newer.root


# -- A message between two nodes

CONTAINER = "yiwang-node-evidence/2"
FILES = {
    "README.txt", "manifest.json", "request.body", "answer.body", "asker.der", "provider.der", "ledger.der",
    "root.pem", "status0.ocsp", "status1.ocsp", "timestamp.tst",
}  # fmt: skip
STATUSES = {"status0.ocsp", "status1.ocsp"}
REQUEST_HEADERS = {
    "content-digest", "content-type", "date", "yiwang-message", "yiwang-client", "yiwang-service",
    "yiwang-purpose", "signature-input", "signature",
}  # fmt: skip
ANSWER_HEADERS = {"content-digest", "content-type", "date", "yiwang-message", "signature-input", "signature"}
REQUEST_PARTS = {"@method", "@target-uri"} | REQUEST_HEADERS - {"signature-input", "signature"}
ANSWER_PARTS = {"@status", "content-digest;req", "signature;req"} | ANSWER_HEADERS - {
    "signature-input",
    "signature",
}
#: Clocks of two machines may differ by so much (RFC 9421 messages are refused beyond it).
SKEW = timedelta(seconds=60)
_SIGNATURE_INPUT = re.compile(
    r'([a-z*][a-z0-9_.*-]*)=(\( *((?:"[^"\\]*"(?:;req)?(?: +|(?=\))))*)\)'
    r'((?:;[a-z*]+=(?:\d{1,15}|"[^"\\]*"))*))'
)
_ADDRESS = re.compile(r"([a-z][a-z0-9-]{1,39}):([a-z][a-z0-9_]{0,59})")


@dataclass(frozen=True)
class Message:
    """A request (``method`` and ``target``) or an answer (``status``)."""

    headers: Mapping[str, str]
    body: bytes
    method: str = ""
    target: str = ""
    status: int = 0


@dataclass(frozen=True)
class Batch:
    """Where the message stands under the root that was time-stamped."""

    index: int
    size: int
    path: Sequence[bytes]


@dataclass(frozen=True)
class LedgerProof:
    """Where the message's leaf stands in the ledger of a node, which vouches for the ledger's key."""

    node: str
    key: bytes
    vouched: bytes
    checkpoint: str
    leaf: Mapping[str, str]
    index: int
    path: Sequence[bytes]


@dataclass(frozen=True)
class Container:
    """What is in the zip."""

    request: Message
    answer: Message
    certificates: Mapping[str, x509.Certificate]
    statuses: Sequence[bytes]
    batch: Batch
    token: bytes
    ledger: LedgerProof
    root: bytes


def unpacked(path: Path) -> Container:
    """Read a container of unknown origin: exactly the files and fields that belong to it."""
    with zipfile.ZipFile(path) as opened_zip:
        listed = [each.filename for each in opened_zip.infolist()]
        if sum(each.file_size for each in opened_zip.infolist()) > LARGEST_CONTAINER:
            raise Unreadable("the container is too large")
        if len(set(listed)) != len(listed) or not FILES - STATUSES <= set(listed) <= FILES:
            raise Unreadable("the container does not hold the files of evidence")
        files = {name: opened_zip.read(name) for name in listed}
    told = _fields(json.loads(files["manifest.json"]), {"format", "request", "answer", "batch", "ledger"})
    if told["format"] != CONTAINER:
        raise Unreadable("a container of another format")
    request = _fields(told["request"], {"method", "target", "headers"})
    answer = _fields(told["answer"], {"status", "headers"})
    return Container(
        request=Message(
            method=_text(request["method"]),
            target=_text(request["target"]),
            headers=_texts(request["headers"], REQUEST_HEADERS),
            body=files["request.body"],
        ),
        answer=Message(
            status=_number(answer["status"]),
            headers=_texts(answer["headers"], ANSWER_HEADERS),
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
    batch = _fields(told, {"index", "size", "path"})
    return Batch(index=_number(batch["index"]), size=_number(batch["size"]), path=_path(batch))


def _ledger(told: object) -> LedgerProof:
    ledger = _fields(told, {"node", "key", "vouched", "checkpoint", "leaf", "index", "path"})
    return LedgerProof(
        node=_text(ledger["node"]),
        key=exact(_text(ledger["key"])),
        vouched=exact(_text(ledger["vouched"])),
        checkpoint=_text(ledger["checkpoint"]),
        leaf=_texts(ledger["leaf"], {"at", "kind", "subject", "salt"}),
        index=_number(ledger["index"]),
        path=_path(ledger),
    )


def _path(told: Mapping[str, object]) -> list[bytes]:
    return [exact(_text(part)) for part in _listed(told, "path")]


def _fields(told: object, names: set[str]) -> dict[str, object]:
    if not isinstance(told, dict) or set(told) != names:
        raise Unreadable(f"not the fields {sorted(names)}")
    return told


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable("a field is no text")
    return value


def _texts(told: object, names: set[str]) -> dict[str, str]:
    return {name: _text(value) for name, value in _fields(told, names).items()}


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable("a field is no number")
    return value


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
        lambda: _both_certified(held, root, asked, answered),
    )
    findings.prove(
        "两张证书当时未被吊销", "neither certificate was revoked", lambda: _both_count(held, root, answered)
    )
    stamped = findings.prove(
        "时间戳证明报文当时已存在", "a time stamp covers the message", lambda: _stamped(held, root, answered)
    )
    _check_ledger(findings, held, root, key, checkpoints)
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


def _both_certified(
    held: Container, root: x509.Certificate, asked: datetime | None, answered: datetime | None
) -> None:
    sides = (("asker", "yiwang-client", asked), ("provider", "yiwang-service", answered))
    for side, header, at in sides:
        if at is None:
            raise Broken("签名不成立，时间不明", "its signature does not hold, so its time is not known")
        address = _ADDRESS.fullmatch(held.request.headers[header])
        if address is None:
            raise Broken("节点名称有误", "a node's name is malformed")
        require_node(held.certificates[side], root, address[1])
        require_time(held.certificates[side], at)


def read_certificate(content: bytes) -> x509.Certificate:
    """A certificate that the city's authority could have signed, in the one spelling of its bytes."""
    [outer] = Der(0, content, content).parts(0x30)
    _, suite, signature = outer.parts(0x30, 0x30, 0x03)
    if suite.whole != ECDSA_ALGORITHM or signature.content[:1] != b"\x00":
        raise Broken("证书签名算法不符", "a certificate is signed by another suite")
    return x509.load_der_x509_certificate(content)


def require_node(certificate: x509.Certificate, root: x509.Certificate, node: str) -> None:
    """Refuse a certificate that this root did not issue to the node for signing messages."""
    require_issued(certificate, root)
    names = [str(each.value) for each in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    if names != [node]:
        raise Broken(f"证书属于 {names}，不是 {node}", f"the certificate is of {names}, not of {node}")
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    if not (usage.digital_signature and usage.content_commitment) or usage.key_cert_sign:
        raise Broken("证书不用于签名", "the certificate is not for signing messages")


def require_issued(certificate: x509.Certificate, root: x509.Certificate) -> None:
    """Refuse a certificate of somebody else's; this city's authority is one root and no more."""
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    try:
        root.verify_directly_issued_by(root)
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        raise Broken("证书不是该城市签发的", "the city's authority did not issue the certificate") from None
    if not constraints.ca:
        raise Broken("根证书不是签发机构的", "the root certificate is no authority's")


def require_time(certificate: x509.Certificate, at: datetime) -> None:
    """Refuse a certificate that was not valid at the instant."""
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise Broken("证书当时不在有效期内", "the certificate was not valid at that time")


def _both_count(held: Container, root: x509.Certificate, answered: datetime | None) -> None:
    answers = [read_status(each) for each in held.statuses]
    for side in ("asker", "provider"):
        serial = held.certificates[side].serial_number
        said = next((each for each in answers if each.serial_number == serial), None)
        if said is None:
            raise Broken("缺少证书状态", "the responder's word on a certificate is missing")
        require_status(said, root, answered)
    if len(answers) != len({each.serial_number for each in answers}):
        raise Broken("证书状态重复", "the responder's word is there twice")


def read_status(content: bytes) -> ocsp.OCSPResponse:
    """An answer of a responder that is one (RFC 6960, section 4.2.1), with no room for anything beside it."""
    [outer] = Der(0, content, content).parts(0x30)
    status, wrapped = outer.parts(0x0A, 0xA0)
    [response] = wrapped.parts(0x30)
    kind, inner = response.parts(0x06, 0x04)
    [basic] = Der(0, inner.content, inner.content).parts(0x30)
    told, suite, signature, responders = basic.parts(0x30, 0x30, 0x03, 0xA0)
    said = ocsp.load_der_ocsp_response(content)
    fixed = (
        (status.content, kind.whole, suite.whole) == (b"\x00", BASIC_STATUS, ECDSA_ALGORITHM),
        told.whole == said.tbs_response_bytes,
        signature.content == b"\x00" + said.signature,
        [read_certificate(each.whole) for each in responders.parts(0x30)[0].parts(0x30)] == said.certificates,
    )
    if not all(fixed):
        raise Broken("证书状态结构有误", "the status is not of the shape of RFC 6960")
    return said


def require_status(said: ocsp.OCSPResponse, root: x509.Certificate, answered: datetime | None) -> None:
    """Refuse a status (RFC 6960) that is false, of before the message, or not good."""
    [responder] = said.certificates
    require_service(responder, root, ExtendedKeyUsageOID.OCSP_SIGNING, at=said.this_update_utc)
    require_signed(responder, said.signature, said.tbs_response_bytes)
    if answered is None or said.this_update_utc + SKEW < answered:
        raise Broken("证书状态早于报文", "the status is older than the message")
    revoked_later = said.revocation_time_utc is not None and said.revocation_time_utc > answered
    if said.certificate_status is not ocsp.OCSPCertStatus.GOOD and not revoked_later:
        raise Broken("证书已被吊销或不明", "a certificate was revoked or is not known")


def require_service(
    certificate: x509.Certificate, root: x509.Certificate, use: ObjectIdentifier, *, at: datetime
) -> None:
    """Refuse a certificate that the city did not issue for this service of its own."""
    require_issued(certificate, root)
    require_time(certificate, at)
    if use not in certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value:
        raise Broken("证书不用于该服务", "the certificate is for something else")


def require_signed(certificate: x509.Certificate, signature: bytes, content: bytes) -> None:
    """Refuse content that the certificate's key did not sign (ECDSA with SHA-256)."""
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise Broken("密钥种类不符", "the key is of another kind")
    try:
        key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Broken("签名验证不通过", "the signature does not verify") from None


def _entry(held: Container) -> bytes:
    """What batch and ledger commit to: both signatures, which cover everything else."""
    return canonical(
        {
            "answer": held.answer.headers["signature"],
            "message": held.request.headers["yiwang-message"],
            "request": held.request.headers["signature"],
        }
    )


def _stamped(held: Container, root: x509.Certificate, answered: datetime | None) -> datetime:
    leaf = sha256(b"\x00" + _entry(held)).digest()
    batch_root = climbed(leaf, held.batch.index, held.batch.size, held.batch.path)
    if batch_root is None:
        raise Broken("报文不在该批之中", "the message has no such place in its batch")
    at = stamped_at(held.token, batch_root, root)
    if answered is None or at + SKEW < answered:
        raise Broken("时间戳早于应答", "the stamp is older than the answer")
    return at


def _check_ledger(
    findings: Findings, held: Container, root: x509.Certificate, key: bytes | None, checkpoints: Sequence[str]
) -> None:
    ledger = held.ledger
    findings.prove(
        "账本公钥由所属节点确认", "its node vouches for the ledger's key", lambda: _vouched(held, root, key)
    )
    head = findings.prove(
        "报文已记入该节点的账本", "the message stands in that node's ledger", lambda: _in_ledger(held)
    )
    for note in checkpoints if head else ():
        kept = findings.prove(
            "此前保存的检查点由同一账本签名",
            "the same ledger signed the checkpoint kept earlier",
            partial(_kept, note, ledger.key),
        )
        if head and kept and kept.size == head.size and kept.root != head.root:
            findings.fault("检查点与账本不符", "the checkpoint is of another ledger")


def _kept(note: str, key: bytes) -> Head:
    try:
        return read_head(note, key)
    except ValueError as problem:
        raise Broken(f"检查点无效：{problem}", f"it does not hold: {problem}") from None


def _vouched(held: Container, root: x509.Certificate, key: bytes | None) -> None:
    ledger, certificate = held.ledger, held.certificates["ledger"]
    headers = held.request.headers
    sides = {headers[name].partition(":")[0] for name in ("yiwang-client", "yiwang-service")}
    if ledger.node not in sides:
        raise Broken("账本属于另一节点", "the ledger is of a third node")
    require_node(certificate, root, ledger.node)
    if key is not None and key != ledger.key:
        raise Broken("与给出的账本公钥不同", "it is not the ledger key that was given")
    signer = certificate.public_key()
    if not isinstance(signer, Ed25519PublicKey):
        raise Broken("密钥种类不符", "the key is of another kind")
    said = f"yiwang-ledger-key/1\n{ledger.node}\n{b64encode(ledger.key).decode()}\n"
    try:
        signer.verify(ledger.vouched, said.encode())
    except InvalidSignature:
        raise Broken("签名验证不通过", "the signature does not verify") from None


def _in_ledger(held: Container) -> Head:
    ledger, leaf = held.ledger, held.ledger.leaf
    try:
        head = read_head(ledger.checkpoint, ledger.key)
    except ValueError as problem:
        raise Broken(f"检查点无效：{problem}", f"the checkpoint does not hold: {problem}") from None
    salt = bytes.fromhex(leaf["salt"])
    entry = {name: leaf[name] for name in ("at", "kind", "subject")}
    entry["content"] = sha256(salt + _entry(held)).hexdigest()
    if leaf["salt"] != salt.hex() or leaf["kind"] != "exchange.message":
        raise Broken("账本记录种类不符", "the leaf is of another kind")
    if not included(sha256(b"\x00" + canonical(entry)).digest(), ledger.index, head, ledger.path):
        raise Broken("记录不在已签名的账本中", "the leaf does not stand in the signed ledger")
    return head


# -- Time stamp tokens (RFC 3161 in RFC 5652): nothing but DER of the expected shape passes

SHA256_ALGORITHM = bytes.fromhex("300b0609608648016503040201")
SHA256_WITH_NULL = bytes.fromhex("300d06096086480165030402010500")
ECDSA_ALGORITHM = bytes.fromhex("300a06082a8648ce3d040302")
BASIC_STATUS = bytes.fromhex("06092b0601050507300101")
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")


@dataclass(frozen=True)
class Der:
    """One value of DER: its tag, its content, and all of its bytes."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self, *tags: int) -> list[Der]:
        """The values within, of exactly these tags."""
        found = list(ders(self.content))
        if [each.tag for each in found] != list(tags):
            raise Broken("结构有误", "it is not of the shape that the standard gives it")
        return found


def ders(content: bytes) -> Iterator[Der]:
    """The values that follow one another; lengths in their shortest form."""
    at = 0
    while at < len(content):
        tag, size, start = content[at], content[at + 1], at + 2
        if size & 0x80:
            count = size & 0x7F
            size, start = int.from_bytes(content[start : start + count], "big"), start + count
            if not 1 <= count <= 3 or size < 0x80 or size >> 8 * (count - 1) == 0:
                raise Broken("不是 DER 编码", "it is not in DER")
        if start + size > len(content):
            raise Broken("内容不完整", "it is cut off")
        yield Der(tag, content[start : start + size], content[at : start + size])
        at = start + size


def stamped_at(token: bytes, digest: bytes, root: x509.Certificate) -> datetime:
    """The instant that a token of the city's authority states for a SHA-256 digest."""
    [outer] = Der(0, token, token).parts(0x30)
    kind, explicit = outer.parts(0x06, 0xA0)
    [data] = explicit.parts(0x30)
    version, algorithms, wrapped, certificates, signers = data.parts(0x02, 0x31, 0x30, 0xA0, 0x31)
    inner_kind, inner = wrapped.parts(0x06, 0xA0)
    [info] = inner.parts(0x04)
    [der_certificate] = certificates.parts(0x30)
    [signer] = signers.parts(0x30)
    number, name, algorithm, attributes, suite, signature = signer.parts(0x02, 0x30, 0x30, 0xA0, 0x30, 0x04)
    certificate = read_certificate(der_certificate.whole)
    issuer, serial = name.parts(0x30, 0x02)
    fixed = (
        kind.whole == SIGNED_DATA and inner_kind.whole == TST_INFO,
        (version.content, number.content) == (b"\x03", b"\x01"),
        (algorithms.content, algorithm.whole) == (SHA256_ALGORITHM, SHA256_ALGORITHM),
        suite.whole == ECDSA_ALGORITHM,
        issuer.whole == certificate.issuer.public_bytes(),
        int.from_bytes(serial.content, "big") == certificate.serial_number,
    )
    if not all(fixed):
        raise Broken("时间戳结构有误", "the token is not of the shape of RFC 3161")
    at = _time_of(info.content, digest)
    _check_attributes(attributes.content, info.content, der_certificate.whole)
    require_service(certificate, root, ExtendedKeyUsageOID.TIME_STAMPING, at=at)
    require_signed(certificate, signature.content, b"\x31" + attributes.whole[1:])
    return at


def _time_of(info: bytes, digest: bytes) -> datetime:
    """What a ``TSTInfo`` states; version, policy, imprint, serial number and time come first."""
    [told] = Der(0, info, info).parts(0x30)
    version, policy, imprint, serial, at = list(ders(told.content))[:5]
    if [each.tag for each in (version, policy, imprint, serial, at)] != [0x02, 0x06, 0x30, 0x02, 0x18]:
        raise Broken("时间戳结构有误", "the token is not of the shape of RFC 3161")
    algorithm, hashed = imprint.parts(0x30, 0x04)
    if algorithm.whole not in {SHA256_ALGORITHM, SHA256_WITH_NULL} or hashed.content != digest:
        raise Broken("时间戳所盖的不是这份报文", "the token stamps something else")
    return datetime.strptime(at.content.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _check_attributes(content: bytes, info: bytes, certificate: bytes) -> None:
    """The signed attributes: the content's kind and digest, and whose certificate signs (RFC 5816)."""
    found: dict[bytes, bytes] = {}
    for each in ders(content):
        name, values = each.parts(0x06, 0x31)
        found[name.whole] = values.content
    own = b"\x04\x20" + sha256(certificate).digest()
    identity = b"".join(bytes((0x30, len(own) + 2 * depth)) for depth in (2, 1, 0)) + own
    expected = {
        CONTENT_TYPE: TST_INFO,
        MESSAGE_DIGEST: b"\x04\x20" + sha256(info).digest(),
        CERTIFICATE_V2: identity,
    }
    if found != expected:
        raise Broken("时间戳所盖的不是这份报文", "the token stamps something else")


def _listed(told: Mapping[str, object], name: str) -> list[object]:
    value = told.get(name)
    if not isinstance(value, list):
        raise Unreadable(f"no list {name!r}")
    return value


def objects(file: IO[bytes]) -> Iterator[dict[str, object]]:
    """The JSON objects of a file, one a line, or the one object of the whole file."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"line {number} is too long")
        told = json.loads(line)
        if not isinstance(told, dict):
            raise Unreadable(f"line {number} is no object")
        yield told
    if number == 0:
        raise Unreadable("the file is empty")


def check(path: Path, key: bytes | None, held: Sequence[str]) -> tuple[Findings, bytes]:
    """Check a file of the ledger's; the key that it names is used when none is given."""
    with opened(path) as file:
        lines = iter([json.load(file)]) if path.suffix == ".json" else objects(file)
        told = next(lines)
        used = key or b64decode(str(told.get("key", "")), validate=True)
        if len(used) != 32:
            raise Unreadable("the file names no key; give one with --key")
        if "older" in told:
            return check_consistency(told, used), used
        if told.get("format") == "yiwang-proofs":
            return check_proofs(told, used), used
        if told.get("format") == "yiwang-evidence":
            heads = [read_head(note, used) for note in held]
            return check_evidence(_after(told, lines), used, heads), used
    raise Unreadable("no evidence of a known format")


def opened(path: Path) -> IO[bytes]:
    """The file, unpacked as it is read."""
    if path.suffix == ".gz":
        return io.BufferedReader(gzip.GzipFile(path))
    return path.open("rb")


def _after(first: dict[str, object], rest: Iterator[dict[str, object]]) -> Iterator[dict[str, object]]:
    yield first
    yield from rest


def say(chinese: str, english: str) -> None:
    """Print in both languages."""
    print(f"{chinese} / {english}")


def ask(words: Sequence[str] | None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="离线核验证据 / check evidence offline")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", help="账本公钥（Base64）/ the ledger's public key")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="此前保存的检查点 / kept earlier"
    )
    parser.add_argument("--root", type=Path, help="城市根证书（PEM）/ the city's root certificate")
    return parser.parse_args(words)


def look(asked: argparse.Namespace) -> Findings:
    """Check the file that the command line names."""
    key = b64decode(asked.key, validate=True) if asked.key else None
    held = [path.read_text() for path in asked.checkpoint]
    if zipfile.is_zipfile(asked.file):
        root = asked.root.read_bytes() if asked.root else None
        return check_container(unpacked(asked.file), root, key, held)
    findings, used = check(asked.file, key, held)
    if key is None:
        findings.notes.append(
            (
                f"公钥取自文件：{b64encode(used).decode()}，请与公布的公钥核对",
                "the key is the file's own: compare it with the published one",
            )
        )
    return findings


def main(words: Sequence[str] | None = None) -> int:
    """Check a file and say what was found."""
    asked = ask(words)
    begun = time.monotonic()
    try:
        findings = look(asked)
    except (OSError, EOFError, *NOT_READ, StopIteration, Unreadable, Broken, zipfile.BadZipFile) as problem:
        say(f"无法读取：{problem!r}", "cannot be read")
        return 2
    for note in findings.notes:
        say(*note)
    for chinese, english in findings.proven:
        say(f"✓ {chinese}", english)
    for fault in findings.faults:
        say(*fault)
    if findings.unlisted:
        say(f"另有 {findings.unlisted} 处不符", f"and {findings.unlisted} more")
    seconds = time.monotonic() - begun
    if findings.leaves:
        say(
            f"账本 {findings.leaves} 条，核验留痕 {findings.lines} 条，用时 {seconds:.1f} 秒",
            f"{findings.leaves} leaves, {findings.lines} trace lines checked",
        )
    if findings.faults:
        say("证据不成立", "THE EVIDENCE DOES NOT HOLD")
        return 1
    say("证据成立", "the evidence holds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
