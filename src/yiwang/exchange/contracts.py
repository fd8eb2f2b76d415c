"""Words of the exchange that cross its border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal

from yiwang.exchange.catalogue.metadata import Metadata
from yiwang.kernel.errors import NotAllowed, NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

SubjectKind = Literal["person", "entity"]


class Secrecy(StrEnum):
    """How secret a field is; a reader sees a level and everything below it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"

    @property
    def level(self) -> int:
        """0 for public to 3 for sensitive."""
        return list(Secrecy).index(self)

    @property
    def is_personal(self) -> bool:
        """Whether it tells of a person, so that it belongs in no address and no log."""
        return self.level >= Secrecy.PERSONAL.level

    @property
    def words(self) -> Text:
        """The level in words."""
        return _SECRECY_TITLES[self]


_SECRECY_TITLES = {
    Secrecy.PUBLIC: Text("公开", "Public"),
    Secrecy.INTERNAL: Text("内部", "Internal"),
    Secrecy.PERSONAL: Text("个人信息", "Personal"),
    # Personal Information Protection Law, article 28: harm to dignity or safety if leaked.
    Secrecy.SENSITIVE: Text("敏感个人信息", "Sensitive personal"),
}


class Sharing(StrEnum):
    """The three sharing types of GB/T 21063 and of the State Council's 2016 No. 51, article 9."""

    UNCONDITIONAL = "unconditional"
    CONDITIONAL = "conditional"
    NOT_SHARED = "not_shared"

    @property
    def words(self) -> Text:
        """The type in words."""
        return _SHARING_TITLES[self]


_SHARING_TITLES = {
    Sharing.UNCONDITIONAL: Text("无条件共享", "Shared unconditionally"),
    Sharing.CONDITIONAL: Text("有条件共享", "Shared on conditions"),
    Sharing.NOT_SHARED: Text("不予共享", "Not shared"),
}


class LookKind(StrEnum):
    """How somebody looked."""

    REQUEST = "request"
    VERIFY = "verify"
    OWN_DUTY = "own_duty"
    OWN_DATA = "own_data"
    #: Without a grant, in an emergency; somebody else reviews it.
    BREAK_GLASS = "break_glass"
    EXPORT = "export"
    BATCH = "batch"
    SEARCH = "search"
    EVENTS = "events"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """Why data is asked for: a purpose code and what it refers to, such as a case number."""

    kind: str
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceField:
    """One field of a resource as the catalogue shows it."""

    name: str
    title: Text
    secrecy: Secrecy


class Test(StrEnum):
    """How a question compares a field with its bound."""

    YEARS_AT_LEAST = "years_at_least"
    ON_OR_BEFORE = "on_or_before"
    ON_OR_AFTER = "on_or_after"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What may be asked of a field by yes or no; one bound as text, or several codes.

    A grant names it like a field, and opens no value.
    """

    name: str
    title: Text
    field: str
    test: Test
    bounds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceInfo:
    """A resource as the catalogue shows it."""

    code: str
    title: Text
    summary: Text
    owner: str
    kind: str
    source: str
    sharing: Sharing
    legal_basis: Text
    fields: tuple[ResourceField, ...]
    metadata: Metadata = field(default_factory=Metadata)
    questions: tuple[Question, ...] = ()

    @property
    def field_names(self) -> frozenset[str]:
        """Names of all fields."""
        return frozenset(field.name for field in self.fields)

    @property
    def claim_names(self) -> frozenset[str]:
        """What a grant may name and a verification claim: fields and questions."""
        return self.field_names | {question.name for question in self.questions}

    @property
    def titles(self) -> dict[str, Text]:
        """Fields and questions in words, by name."""
        return {f.name: f.title for f in self.fields} | {q.name: q.title for q in self.questions}

    def find_question(self, name: str) -> Question | None:
        """The question of a name; None for a field's."""
        return next((question for question in self.questions if question.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutField:
    """A field of a release; ``first`` keeps only that many characters: 6 of a division, 4 of a date."""

    name: str
    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    """Who or what uses a field: ``kind`` is ``grant``, ``release`` or what an engine above registers.

    ``code`` is the organisation of a grant; its name is looked up where it is shown.
    """

    kind: str
    code: str
    title: Text | None
    grant: int | None = None
    purpose: str = ""
    until: date | None = None
    #: Lines of the trace in the last 30 days.
    looks: int = 0
    last_look: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a provider gives for a key.

    ``subject`` is the blind reference of the person or firm concerned, empty when there is none; it is
    given even when nothing was found, if the key alone tells it. ``values`` is None when there is no entry.
    """

    values: Mapping[str, Json] | None
    subject: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the exchange gives back: the granted fields only, None when there is no entry."""

    resource: str
    values: Mapping[str, Json] | None
    version: int
    trace_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Yes or no for each claim; ``found`` is False when there is no entry."""

    resource: str
    found: bool
    agrees: Mapping[str, bool]
    trace_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantInfo:
    """A permission to look, as given."""

    id: int
    resource: str
    grantee: str
    fields: tuple[str, ...]
    purpose: str
    legal_basis: Text
    row_filter: Mapping[str, tuple[str, ...]]
    valid_from: date
    valid_until: date
    quota_per_day: int | None
    is_revoked: bool
    #: Whether the person concerned must have consented to looks under it.
    needs_consent: bool = False
    #: The case that it was approved in, if it was asked for.
    case_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceEntry:
    """One look at somebody's data, in words that the person can read."""

    id: int
    at: datetime
    organisation: str
    #: Whether a machine (an automatic check of a case) looked, not a person.
    by_machine: bool
    kind: LookKind
    resource: str
    resource_title: Text
    fields: tuple[str, ...]
    field_titles: tuple[Text, ...]
    purpose: Purpose
    purpose_text: Text
    size: int
    #: The day that was asked about; None for the present.
    valid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAsked:
    """Which leaves of the ledger are handed out: from ``first`` to the signed ``size``, without it."""

    first: int
    size: int


@dataclass(eq=False)
class EvidenceNotReady(NotFound):
    """The ledger is not signed as far as was asked for."""

    first: int
    text: ClassVar[Text] = Text(
        "账本尚未签名到第 {first} 条之后。", "The ledger is not signed beyond leaf {first} yet."
    )


@dataclass(eq=False)
class ResourceNotFound(NotFound):
    """There is no such resource in the catalogue."""

    resource: str
    text: ClassVar[Text] = Text(
        "共享目录中没有资源“{resource}”。", "The catalogue has no resource “{resource}”."
    )


@dataclass(eq=False)
class GrantNotFound(NotFound):
    """There is no such grant."""

    grant: int
    text: ClassVar[Text] = Text("没有编号为 {grant} 的授权。", "There is no grant number {grant}.")


@dataclass(eq=False)
class ResourceNotShared(NotAllowed):
    """The owner does not share this resource; only the owner's own officers see it."""

    resource: str
    text: ClassVar[Text] = Text(
        "资源“{resource}”属于不予共享类。", "The resource “{resource}” is not shared."
    )


@dataclass(eq=False)
class NoGrant(NotAllowed):
    """The organisation holds no grant for this resource and purpose."""

    resource: str
    organisation: str
    purpose: str
    text: ClassVar[Text] = Text(
        "{organisation} 没有为“{purpose}”查询资源“{resource}”的授权。",
        "{organisation} holds no grant to look at “{resource}” for “{purpose}”.",
    )


@dataclass(eq=False)
class GrantNotInForce(NotAllowed):
    """There was or will be a grant, but not today: it is revoked, ended or has not begun."""

    resource: str
    organisation: str
    text: ClassVar[Text] = Text(
        "{organisation} 对资源“{resource}”的授权今天无效（未开始、已到期或已撤销）。",
        "The grant of {organisation} for “{resource}” is not in force today (not begun, ended or revoked).",
    )


@dataclass(eq=False)
class FieldsNotGranted(NotAllowed):
    """More fields were asked for than were granted."""

    fields: str
    text: ClassVar[Text] = Text(
        "授权不包含这些字段：{fields}。", "The grant does not cover these fields: {fields}."
    )


@dataclass(eq=False)
class QuotaExhausted(NotAllowed):
    """The day's number of looks is used up."""

    quota: int
    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "今天的查询次数（{quota} 次）已用完。", "The day's {quota} looks are used up."
    )


@dataclass(eq=False)
class TooManyGuesses(NotAllowed):
    """So many claims about one person or firm in one day look like searching for the value."""

    most: int
    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "今天对同一主体的核验已达 {most} 次，不能再核验。",
        "There were {most} verifications of the same person or firm today; no more are answered.",
    )


@dataclass(eq=False)
class PurposeRefused(NotAllowed):
    """The purpose is unknown, lacks its reference, or the case named is not this officer's."""

    purpose: str
    text: ClassVar[Text] = Text(
        "查询事由不能成立，请选对事由，并写明所依据的办件号或文号。",
        "The purpose does not hold: choose the right one and give the number of the case or document.",
    )


@dataclass(eq=False)
class OwnDataOnly(NotAllowed):
    """A citizen may ask for the own data only; says nothing about whether the other entry exists."""

    text: ClassVar[Text] = Text("只能调取本人的信息。", "You can only ask for your own data.")


@dataclass(eq=False)
class GrantRefused(RuleViolation):
    """A grant cannot be given like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能这样授权：{reason}", "This cannot be granted: {reason}")


@dataclass(eq=False)
class GrantAlreadyRevoked(RuleViolation):
    """The grant was revoked before."""

    grant: int
    text: ClassVar[Text] = Text("授权 {grant} 已经撤销。", "Grant {grant} is revoked already.")


@dataclass(eq=False)
class TokenRefused(NotAllowed):
    """The bearer token is unknown, expired or revoked; says not which."""

    status: ClassVar[int] = 401
    text: ClassVar[Text] = Text(
        "访问令牌无效或已过期，请重新获取。", "The token is not valid or has expired; ask for a new one."
    )

    @property
    def headers(self) -> dict[str, str]:
        """RFC 6750, section 3."""
        return {"WWW-Authenticate": 'Bearer error="invalid_token"'}


@dataclass(eq=False)
class TooFast(NotAllowed):
    """A client asks faster than it may; ``seconds`` later it may again."""

    seconds: int
    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "请求过于频繁，请在 {seconds} 秒后再试。", "Too many requests; try again after {seconds} s."
    )

    @property
    def headers(self) -> dict[str, str]:
        """RFC 6585, section 4."""
        return {"Retry-After": str(self.seconds)}
