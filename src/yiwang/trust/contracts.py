"""Words of trust: leaves and proofs, seals, sealed documents, verdicts, and what can be refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType

from yiwang.kernel.errors import Conflict, NotFound, RuleViolation
from yiwang.kernel.text import Text

LeafId = NewType("LeafId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """A signed statement of the ledger's size and root; ``note`` is its C2SP checkpoint."""

    size: int
    root: bytes
    signed_at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """That one entry stands in the ledger: hash ``entry``, climb ``path``, meet the head's root."""

    leaf_id: LeafId
    index: int
    entry: bytes
    path: tuple[bytes, ...]
    head: SignedHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A leaf as it is stored; ``salt`` is None once it is erased."""

    index: int
    kind: str
    subject: str
    salt: bytes | None
    committed: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenLeaf:
    """A leaf with its audit path (RFC 6962, section 2.1.1) under a head that is told beside it."""

    leaf: Leaf
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyProof:
    """That the older ledger is the beginning of the newer one: nothing was changed or dropped."""

    older: SignedHead
    newer: SignedHead
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """An organisation's electronic seal; ``serial`` is the certificate's number in hex."""

    organisation: str
    name: Text
    serial: str
    valid_from: datetime
    valid_until: datetime
    certificate_pem: str


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the seal goes: page from 0, centre in millimetres from the page's upper left corner."""

    page: int
    x: float
    y: float
    diameter: float = 42.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDocument:
    """A PDF and the place its template keeps for the seal, if it has one."""

    content: bytes
    seal_place: SealPlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDocument:
    """A sealed PDF."""

    content: bytes
    sha256: str
    serial: str
    leaf_id: LeafId


class Finding(StrEnum):
    """What looking at a document found, worst first where several hold."""

    NOT_PDF = "not_pdf"
    NO_SEAL = "no_seal"
    ALTERED = "altered"
    UNKNOWN_AUTHORITY = "unknown_authority"
    REVOKED = "revoked"
    OUT_OF_TIME = "out_of_time"
    GENUINE = "genuine"


FINDING_TEXTS: dict[Finding, Text] = {
    Finding.NOT_PDF: Text("这不是可以识别的PDF文件。", "This is not a PDF that can be read."),
    Finding.NO_SEAL: Text("文件上没有电子印章。", "The document bears no electronic seal."),
    Finding.ALTERED: Text(
        "文件在盖章后被改动过，不可信。", "The document was changed after it was sealed. Do not rely on it."
    ),
    Finding.UNKNOWN_AUTHORITY: Text(
        "印章不是本市签发的，不能确认真伪。",
        "The seal was not issued by this city, so it cannot be confirmed.",
    ),
    Finding.REVOKED: Text(
        "盖章时该印章已被吊销。", "The seal had been revoked when the document was sealed."
    ),
    Finding.OUT_OF_TIME: Text("盖章时间不在印章有效期内。", "The seal was not valid at the time of sealing."),
    Finding.GENUINE: Text(
        "印章有效，文件盖章后未被改动。", "The seal is valid and the document has not been changed since."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SealVerdict:
    """What was found about one seal. ``time_proven``: the ledger knows when this document was sealed."""

    finding: Finding
    signer: str = ""
    organisation: str = ""
    serial: str = ""
    sealed_at: datetime | None = None
    time_proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found about a document, and about each seal on it."""

    finding: Finding
    seals: tuple[SealVerdict, ...] = ()

    @property
    def genuine(self) -> bool:
        """Every seal is the city's, valid, and nothing was changed since."""
        return self.finding is Finding.GENUINE

    @property
    def text(self) -> Text:
        """The finding as a sentence."""
        return FINDING_TEXTS[self.finding]


@dataclass(eq=False)
class NoSuchSeal(NotFound):
    """The organisation has no seal in force."""

    organisation: str
    text: ClassVar[Text] = Text(
        "机构“{organisation}”没有有效的电子印章。", "The organisation “{organisation}” has no seal in force."
    )


@dataclass(eq=False)
class LeafNotFound(NotFound):
    """No such entry in the ledger."""

    leaf_id: int
    text: ClassVar[Text] = Text("存证账本中没有第{leaf_id}号记录。", "The ledger has no entry {leaf_id}.")


@dataclass(eq=False)
class LeafNotSequenced(Conflict):
    """The entry is written but no signed head covers it yet; a second later one does."""

    leaf_id: int
    text: ClassVar[Text] = Text(
        "第{leaf_id}号记录正在入账，请稍后再查。",
        "Entry {leaf_id} is being added to the ledger. Look again shortly.",
    )


@dataclass(eq=False)
class HeadNotFound(NotFound):
    """The ledger was never signed at this size."""

    size: int
    text: ClassVar[Text] = Text(
        "账本没有规模为{size}的签名。", "The ledger has no signed head of size {size}."
    )


@dataclass(eq=False)
class RecordedOutsideTransaction(RuleViolation):
    """Evidence must stand and fall with the act that it proves: a fault of the program."""

    status: ClassVar[int] = 500
    text: ClassVar[Text] = Text(
        "系统内部错误：存证必须与业务在同一事务中。",
        "Internal fault: evidence must share its act's transaction.",
    )


@dataclass(eq=False)
class DocumentNotSealable(RuleViolation):
    """The bytes are no PDF that can take a seal."""

    reason: str
    text: ClassVar[Text] = Text("该文件不能加盖电子印章：{reason}。", "This file cannot be sealed: {reason}.")


@dataclass(eq=False)
class KeyMissing(RuleViolation):
    """The installation lost a private key or the secret that opens it."""

    fingerprint: str
    status: ClassVar[int] = 500
    text: ClassVar[Text] = Text(
        "密钥 {fingerprint} 不存在或无法打开，请检查安装目录和主密钥。",
        "Key {fingerprint} is missing or cannot be opened. Check the data folder and the secret.",
    )


@dataclass(eq=False)
class TemplateFaulty(RuleViolation):
    """A document template does not compile with this data."""

    template: str
    reason: str
    text: ClassVar[Text] = Text(
        "文书模板“{template}”有误：{reason}", "Template “{template}” is faulty: {reason}"
    )


@dataclass(eq=False)
class FontsMissing(RuleViolation):
    """The machine lacks the Chinese type that documents are set in."""

    families: str
    status: ClassVar[int] = 500
    text: ClassVar[Text] = Text(
        "缺少中文字体（{families}），请安装 fonts-noto-cjk。",
        "Chinese type is missing ({families}). Install fonts-noto-cjk.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeOrder:
    """What a node asks the authority for: two certificates, for signing and for connections.

    ``address`` is where other nodes reach it (``https://host:port``); ``members`` are the organisations
    that it speaks for; both requests are PKCS #10 in DER. ``proof`` renews without a human: the node's
    certified key signed both requests.
    """

    node: str
    organisation: str
    address: str
    members: tuple[str, ...]
    sign_request: bytes
    tls_request: bytes
    proof: bytes = b""


class OrderRefusal(StrEnum):
    """Why a node gets no certificates."""

    FINGERPRINT_DIFFERS = "fingerprint_differs"
    NOT_REACHED = "not_reached"
    NOT_AGREED = "not_agreed"


ORDER_REFUSAL_TEXTS = {
    OrderRefusal.FINGERPRINT_DIFFERS: Text(
        "指纹与对方所报不符", "The fingerprint is not the one they read out"
    ),
    OrderRefusal.NOT_REACHED: Text("未能与该单位核实", "They could not be reached to compare it"),
    OrderRefusal.NOT_AGREED: Text("没有接入协议", "There is no agreement that they join"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderState:
    """Where an order stands; certificates in DER once it is issued."""

    id: int
    token: str
    node: str
    organisation: str
    address: str
    members: tuple[str, ...]
    state: str
    ordered_at: datetime
    fingerprint: str
    certificates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedNode:
    """A node that holds certificates in force."""

    node: str
    organisation: str
    address: str
    members: tuple[str, ...]
    sign_certificate: bytes
    tls_certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedStatement:
    """Bytes that the city's directory key signed, with the certificate that says so."""

    content: bytes
    signature: bytes
    certificate: bytes


@dataclass(eq=False)
class OrderRefused(RuleViolation):
    """The order cannot stand as it is."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("证书申请不能受理：{reason}", "The order cannot be taken: {reason}")


@dataclass(eq=False)
class OrderNotFound(NotFound):
    """No order of this number or token."""

    text: ClassVar[Text] = Text("没有这份证书申请。", "There is no such order.")


@dataclass(eq=False)
class OrderDecided(Conflict):
    """Somebody decided it before."""

    node: str
    text: ClassVar[Text] = Text(
        "节点“{node}”的证书申请已经办结。", "The order of node “{node}” has been decided already."
    )


@dataclass(eq=False)
class NodeNotCertified(NotFound):
    """The node holds no certificate in force."""

    node: str
    text: ClassVar[Text] = Text(
        "节点“{node}”没有有效的证书。", "Node “{node}” holds no certificate in force."
    )
