"""Words of the footing: who acts, within which scope, and what is told to others afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal, Protocol

from yiwang.kernel.errors import InvalidInput, NotAllowed, RuleViolation, YiwangError
from yiwang.kernel.text import Text

ActorKind = Literal["citizen", "officer", "system"]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class AskedByOfficer(Protocol):
    """A row of work that an officer asked for and that is done later: who it was, with the roles of then."""

    @property
    def account_id(self) -> int | None: ...

    @property
    def organisation(self) -> str: ...

    @property
    def post(self) -> str: ...

    @property
    def roles(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something. Never optional: machines act as a named system actor."""

    kind: ActorKind
    account_id: int | None = None
    person_id: int | None = None
    name: str = ""
    organisation: str = ""
    post: str = ""
    roles: frozenset[str] = frozenset()
    #: Legal entity that a citizen acts for, under a mandate that was checked at sign-in or choice.
    for_entity: int | None = None
    #: Account whose out-of-office delegation this officer uses.
    delegated_by: int | None = None

    @classmethod
    def system(cls, name: str) -> Actor:
        """A machine: ``Actor.system("timers")``."""
        return cls(kind="system", name=name)

    @classmethod
    def who_asked(cls, row: AskedByOfficer) -> Actor:
        """The officer of a row, with the roles of then; what they still allow is asked anew."""
        return cls(
            kind="officer",
            account_id=row.account_id,
            organisation=row.organisation,
            post=row.post,
            roles=frozenset(row.roles),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where an act takes effect; an actor needs one of these to be within reach."""

    organisations: tuple[str, ...] = ()
    person_id: int | None = None
    entity_id: int | None = None
    #: The act concerns nobody in particular (open an own case, read a public page).
    everyone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that may be granted: its key, its name for people, and who has it by default."""

    key: str
    title: Text
    roles: frozenset[str] = frozenset()
    citizens: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, told upwards through the outbox; JSON values only, no personal data."""

    name: str
    subject: str
    payload: Mapping[str, Json] = field(default_factory=dict)


class Guard(Protocol):
    """Decides; ``identity`` plugs one in at start. No guard, no command."""

    def may(self, actor: Actor, operation: str) -> bool:
        """Whether any right of the actor has this operation at all."""

    def covers(self, actor: Actor, operation: str, scope: Scope) -> bool:
        """Whether the actor's right to the operation reaches this scope."""


class FactHandler(Protocol):
    """A consumer of facts: runs in the transaction that takes the fact from the outbox."""

    def __call__(self, fact: Fact, *, at: datetime) -> None:
        """Apply the fact; raising leaves it in the outbox for another try."""


@dataclass(eq=False)
class OperationNotAllowed(NotAllowed):
    """The actor lacks the operation, or it does not reach the organisation concerned."""

    operation: str
    text: ClassVar[Text] = Text(
        "您的岗位没有办理此操作的权限（{operation}）。",
        "Your post does not have the right to do this ({operation}).",
    )


@dataclass(eq=False)
class PermissionNotAsked(RuleViolation):
    """A command ended without asking for permission: a fault of the program, refused to be safe."""

    operation: str
    status: ClassVar[int] = 500
    text: ClassVar[Text] = Text(
        "系统内部错误：操作 {operation} 未作权限检查，已撤销。",
        "Internal fault: {operation} did not check permission and was undone.",
    )


@dataclass(eq=False)
class Broken(YiwangError):
    """A fault that nobody anticipated; programs are told no more than people."""

    status: ClassVar[int] = 500
    text: ClassVar[Text] = Text(
        "系统出现故障，故障已经记录。", "Something went wrong; the fault has been recorded."
    )


@dataclass(eq=False)
class Unavailable(YiwangError):
    """The database does not answer."""

    status: ClassVar[int] = 503
    text: ClassVar[Text] = Text(
        "系统暂时不能办理，刚才的请求没有执行，请稍后再试。",
        "The system cannot do this now. What you asked was not done; please try again later.",
    )


@dataclass(eq=False)
class CharacterRefused(InvalidInput):
    """A request with U+0000, which no text has and no text column takes."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "所填内容或地址中有不能识别的字符。", "What was sent holds a character that no text has."
    )


@dataclass(eq=False)
class RequestForged(NotAllowed):
    """A request with a session's cookie that does not come from a page of this site."""

    text: ClassVar[Text] = Text(
        "请求不是从本站页面发出的，已拒绝。", "The request does not come from a page of this site."
    )


@dataclass(eq=False)
class UploadRefused(RuleViolation):
    """An uploaded file is not what this place takes; says what was found and what is wanted."""

    found: Text | str
    wanted: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "不能接收这个文件：识别为{found}；可上传：{wanted}。",
        "This file cannot be taken: it is {found}; you can upload: {wanted}.",
    )


@dataclass(eq=False)
class StorageFull(RuleViolation):
    """No room on the disk of the installation; nothing was stored."""

    status: ClassVar[int] = 507
    text: ClassVar[Text] = Text(
        "服务器存储空间不足，文件没有保存，请稍后再试。",
        "The server has no room left. The file was not saved; please try again later.",
    )


@dataclass(eq=False)
class DatabaseFull(RuleViolation):
    """No room on the disk of the database; the transaction left nothing."""

    status: ClassVar[int] = 507
    text: ClassVar[Text] = Text(
        "服务器存储空间不足，刚才的操作没有执行，请稍后再试。",
        "The server has no room left. What you asked was not done; please try again later.",
    )


@dataclass(eq=False)
class TimeLimitReached(RuleViolation):
    """The database did not finish a query within its time limit and stopped it; nothing was changed."""

    seconds: float
    status: ClassVar[int] = 503
    text: ClassVar[Text] = Text(
        "查询超过 {seconds} 秒的时限，已停止；请缩小范围后再试。",
        "The query took longer than {seconds} s and was stopped; ask for less.",
    )
