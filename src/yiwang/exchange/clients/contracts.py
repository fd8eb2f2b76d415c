"""Words of credentials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yiwang.kernel.errors import NotAllowed, NotFound, RuleViolation
from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientInfo:
    """A credential of an organisation's system, without its secret."""

    client_id: str
    organisation: str
    title: Text
    #: Purposes that it may name; empty: those of its organisation's grants.
    purposes: tuple[str, ...]
    #: The only grant that it may use; None: every grant of its organisation.
    grant: int | None
    #: Looks a second that each web process lets through.
    per_second: int
    issued_at: datetime
    is_revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedClient:
    """A new credential; the secret is shown this once and kept nowhere."""

    client: ClientInfo
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A bearer token for a short while (RFC 6749, section 5.1)."""

    token: str
    expires_in: int


@dataclass(eq=False)
class TooManyFailures(NotAllowed):
    """Too many wrong secrets came from this address; ``seconds`` later secrets are looked at again."""

    seconds: int
    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "来自该地址的凭证校验失败次数过多，请在 {seconds} 秒后再试。",
        "Too many wrong secrets came from this address; try again after {seconds} s.",
    )

    @property
    def headers(self) -> dict[str, str]:
        """RFC 6585, section 4."""
        return {"Retry-After": str(self.seconds)}


@dataclass(eq=False)
class ClientNotFound(NotFound):
    """There is no such credential."""

    client: str
    text: ClassVar[Text] = Text("没有凭证“{client}”。", "There is no credential “{client}”.")


@dataclass(eq=False)
class ClientRefused(RuleViolation):
    """A credential cannot be given or revoked like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能发给或撤销凭证：{reason}", "This credential is not possible: {reason}")
