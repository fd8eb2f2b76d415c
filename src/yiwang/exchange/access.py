"""Words of asking for access: what an organisation asks for, what becomes of it, and who examines it.

The exchange knows what may be granted; cases know how something is examined. So the engine above registers
an :class:`AccessDesk`, to which the exchange hands what was asked for and of which it asks how it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Protocol

from yiwang.exchange.contracts import GrantInfo, ResourceInfo
from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a grant would say. ``rows`` names the values that a row must have, by field."""

    fields: tuple[str, ...]
    purpose: str
    legal_basis: Text
    valid_from: date
    valid_until: date
    quota_per_day: int | None = None
    rows: Mapping[str, tuple[str, ...]]
    needs_consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAccess:
    """What an organisation asks the owner of a resource for, and why it needs it."""

    resource: str
    terms: Terms
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What the owner takes away from what was asked for; None leaves a term as it was asked."""

    fields: tuple[str, ...] | None = None
    valid_until: date | None = None
    quota_per_day: int | None = None
    needs_consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """How a request stands with whoever examines it; ``ground`` is what a refusal says."""

    title: Text
    is_open: bool
    outcome: str = ""
    ground: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestInfo:
    """A request as the organisation that asked sees it."""

    id: int
    resource: str
    organisation: str
    asked_at: datetime
    case_number: str
    state: RequestState | None
    grant: GrantInfo | None


class AccessDesk(Protocol):
    """Where requests are examined."""

    def apply(self, actor: Actor, asked: AskedAccess, info: ResourceInfo, *, at: datetime) -> str:
        """Take a request in, within the transaction of the asking, and give its number."""

    def states(self, numbers: Collection[str]) -> Mapping[str, RequestState]:
        """How requests stand, by number."""


#: The registered desk that takes requests in.
DESK = "cases"
ACCESS_DESKS: Registry[AccessDesk] = Registry("desks that examine requests for access")


@dataclass(eq=False)
class AccessNotAsked(RuleViolation):
    """A request for access cannot be made like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能这样申请：{reason}", "This cannot be asked for: {reason}")


@dataclass(eq=False)
class NotNarrower(RuleViolation):
    """What the owner would grant reaches beyond what was asked for."""

    term: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "核准的{term}不能超出申请的范围。", "The {term} can't go beyond what was asked for."
    )
