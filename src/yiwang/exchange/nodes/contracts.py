"""Words of nodes: messages, refusals, the signed directory, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotAllowed, NotFound, RuleViolation, UpstreamFailed
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

#: The name of a machine that acts for another node: ``node:district-a``.
NODE_PREFIX = "node:"


class Fault(StrEnum):
    """Why a message between nodes is refused."""

    UNSIGNED = "unsigned"
    MALFORMED = "malformed"
    NOT_COVERED = "not_covered"
    UNKNOWN_SUITE = "unknown_suite"
    UNKNOWN_KEY = "unknown_key"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_OUT_OF_TIME = "certificate_out_of_time"
    BODY_ALTERED = "body_altered"
    SIGNATURE_FALSE = "signature_false"
    CLOCK_SKEW = "clock_skew"
    REPLAYED = "replayed"
    MESSAGE_CHANGED = "message_changed"
    NOT_A_MEMBER = "not_a_member"
    NOT_FOR_US = "not_for_us"
    TOO_LARGE = "too_large"


FAULT_TEXTS = {
    Fault.UNSIGNED: Text("报文没有签名", "The message is not signed"),
    Fault.MALFORMED: Text("报文格式有误", "The message is malformed"),
    Fault.NOT_COVERED: Text("签名没有覆盖必须的部分", "The signature does not cover what it must"),
    Fault.UNKNOWN_SUITE: Text("不支持该签名算法", "The signature suite is not known here"),
    Fault.UNKNOWN_KEY: Text("签名密钥不在交换目录中", "The directory does not know the signing key"),
    Fault.CERTIFICATE_REVOKED: Text("签名证书已被吊销", "The signing certificate is revoked"),
    Fault.CERTIFICATE_OUT_OF_TIME: Text(
        "签名证书不在有效期内", "The signing certificate is not valid at this time"
    ),
    Fault.BODY_ALTERED: Text("正文与摘要不符", "The body does not match its digest"),
    Fault.SIGNATURE_FALSE: Text("签名验证不通过", "The signature does not verify"),
    Fault.CLOCK_SKEW: Text("报文时间超出允许范围", "The message's time is outside the window"),
    Fault.REPLAYED: Text("报文被重复发送", "The message was sent before"),
    Fault.MESSAGE_CHANGED: Text("报文编号已用于另一内容", "The message's number was used for other content"),
    Fault.NOT_A_MEMBER: Text("该节点不能代表所称机构", "The node does not speak for this organisation"),
    Fault.NOT_FOR_US: Text("报文不是发给本节点的", "The message is not addressed to this node"),
    Fault.TOO_LARGE: Text("报文过大", "The message is too large"),
}


@dataclass(eq=False)
class MessageRefused(NotAllowed):
    """A message from another node cannot be believed; nothing was done."""

    fault: Fault
    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text("报文被拒收：{reason}", "The message is refused: {reason}")

    @property
    def sentence(self) -> Text:
        """The reason in words."""
        reason = FAULT_TEXTS[self.fault]
        return Text(self.text.zh.format(reason=reason.zh), self.text.en.format(reason=reason.en))


@dataclass(eq=False)
class EvidenceImpossible(RuleViolation):
    """Evidence cannot be made, so nothing is exchanged."""

    reason: Text
    status: ClassVar[int] = 503
    text: ClassVar[Text] = Text("暂停交换：{reason}", "The exchange has stopped: {reason}")


@dataclass(eq=False)
class EvidenceMissing(NotFound):
    """There is no evidence to give out."""

    reason: Text
    text: ClassVar[Text] = Text("没有证据可取：{reason}", "There is no evidence to take: {reason}")


@dataclass(eq=False)
class DirectoryRefused(RuleViolation):
    """A directory that is false, expired or older than the one held."""

    reason: Text
    text: ClassVar[Text] = Text("交换目录不可用：{reason}", "The directory cannot be used: {reason}")


@dataclass(eq=False)
class NotEnrolled(RuleViolation):
    """This installation is no node yet."""

    text: ClassVar[Text] = Text("本系统尚未加入交换。", "This installation has not joined the exchange.")


@dataclass(eq=False)
class NodeUnknown(NotFound):
    """The directory has no such node."""

    node: str
    text: ClassVar[Text] = Text("交换目录中没有节点“{node}”。", "The directory has no node “{node}”.")


@dataclass(eq=False)
class NodeUnreachable(UpstreamFailed):
    """The other node did not answer, or not as agreed; asking again under the same number is safe."""

    node: str = ""
    text: ClassVar[Text] = Text("节点“{node}”没有应答。", "Node “{node}” did not answer.")


@dataclass(eq=False)
class QuestionExpired(RuleViolation):
    """A queued question had no answer by its own deadline."""

    text: ClassVar[Text] = Text("逾期没有得到应答。", "No answer came in time.")


@dataclass(eq=False)
class NodeSaidNo(NotAllowed):
    """The other node refused, under its signature."""

    node: str
    problem: str
    reason: Text
    text: ClassVar[Text] = Text("节点“{node}”拒绝：{reason}", "Node “{node}” refused: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpMessage:
    """A request (``method`` and ``target``) or an answer (``status``); header names in lower case."""

    headers: Mapping[str, str]
    body: bytes
    method: str = ""
    target: str = ""
    status: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a signature says of itself."""

    label: str
    keyid: str
    suite: str
    nonce: str
    created: datetime
    covered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResource:
    """What a node offers: its code there, whose it is, its title."""

    code: str
    owner: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A node as the directory names it; certificates in DER."""

    node: str
    organisation: str
    address: str
    members: tuple[str, ...]
    sign_certificate: bytes
    serial: str
    key: bytes
    valid_from: datetime
    valid_until: datetime
    resources: tuple[NodeResource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What the centre signed: who takes part, until when this may be believed."""

    instance: str
    version: int
    issued_at: datetime
    expires_at: datetime
    time_url: str
    ocsp_url: str
    peers: tuple[Peer, ...]
    revoked: frozenset[str]

    def peer(self, node: str) -> Peer:
        """Give a node.

        Raises:
            NodeUnknown
        """
        for peer in self.peers:
            if peer.node == node:
                return peer
        raise NodeUnknown(node=node[:40])


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteAnswer:
    """What another node gave: the granted fields, and where the evidence of it stands."""

    node: str
    resource: str
    values: Mapping[str, object] | None
    version: int
    trace: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodesOverview:
    """Where this installation stands towards the others."""

    version: int
    issued_at: datetime | None
    expires_at: datetime | None
    unstamped_since: datetime | None
    last_stamp: datetime | None
    last_message: Mapping[str, datetime]


def is_vouched_for(actor: Actor) -> bool:
    """Whether another node acts, which checked the purpose on its side and signed that it holds."""
    return actor.kind == "system" and actor.name.startswith(NODE_PREFIX)
