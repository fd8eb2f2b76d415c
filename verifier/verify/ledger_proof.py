"""Where the message stands in the ledger of the node that gave the evidence out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .certificates import require_node
from .container import Container, entry_of
from .fields import canonical
from .findings import Broken, Findings
from .heads import Head, read_head
from .merkle import included


def check_ledger(
    findings: Findings, held: Container, root: x509.Certificate, key: bytes | None, checkpoints: Sequence[str]
) -> None:
    """Note whose ledger it is, that the message stands in it, and what checkpoints kept earlier say of it."""
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
    entry["content"] = sha256(salt + entry_of(held)).hexdigest()
    if leaf["salt"] != salt.hex() or leaf["kind"] != "exchange.message":
        raise Broken("账本记录种类不符", "the leaf is of another kind")
    if not included(sha256(b"\x00" + canonical(entry)).digest(), ledger.index, head, ledger.path):
        raise Broken("记录不在已签名的账本中", "the leaf does not stand in the signed ledger")
    return head
