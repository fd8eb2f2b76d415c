"""Words that cross the border of identity: organisations, people, entities, posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import Conflict, NotAllowed, NotFound, RuleViolation
from yiwang.kernel.text import Text


class OrganisationKind(StrEnum):
    """What an organisation is in the structure of the city."""

    MUNICIPAL = "municipal"
    BUREAU = "bureau"
    OFFICE = "office"
    LEGISLATURE = "legislature"
    COURT = "court"
    PARTY = "party"
    CENTRAL = "central"
    PROVINCIAL = "provincial"
    PUBLIC_INSTITUTION = "public_institution"
    MASS_ORGANISATION = "mass_organisation"
    DEVELOPMENT_ZONE = "development_zone"
    HEADQUARTERS = "headquarters"
    ASSOCIATION = "association"
    ENTERPRISE = "enterprise"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"


class DivisionLevel(StrEnum):
    """Level of an administrative division (GB/T 2260, statistical codes of 9 and 12 digits)."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"


class Reach(StrEnum):
    """How far a role held at an organisation reaches."""

    OWN = "own"
    SUBTREE = "subtree"
    CITY = "city"


class MandateKind(StrEnum):
    """Why a person may act for a legal entity."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """One organisation; ``path`` are the codes from the root down to itself."""

    id: int
    code: str
    name: Text
    short_name: Text
    kind: OrganisationKind
    parent: str
    path: tuple[str, ...]
    division_code: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionView:
    """One administrative division; ``bounds`` is west, south, east, north in degrees."""

    code: str
    name: Text
    level: DivisionLevel
    parent: str
    bounds: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One person; the resident identity number and the telephone are masked."""

    id: int
    name: str
    resident_id: str
    phone: str
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """One legal entity; these facts are public by the registration rules."""

    id: int
    credit_code: str
    name: str
    legal_representative: str
    address: str
    industry: str
    division_code: str
    #: Whether a counter has seen the papers; an entity declared online is not verified.
    verified: bool
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateView:
    """A person's right to act for an entity; an empty scope means every case type."""

    id: int
    person_id: int
    entity_id: int
    kind: MandateKind
    scope: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None

    def includes(self, case_type: str) -> bool:
        """Whether the mandate extends to a case type."""
        return not self.scope or case_type in self.scope


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerView:
    """An officer in a post."""

    posting_id: int
    account_id: int
    person_id: int | None
    name: str
    organisation: str
    post: Text
    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingView:
    """A post that an account holds."""

    id: int
    organisation: str
    organisation_name: Text
    post: Text
    roles: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """An account, the person behind it, and the posts it holds now."""

    id: int
    username: str
    person: PersonView | None
    postings: tuple[PostingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationView:
    """A post handed to a stand-in for a while."""

    id: int
    to_name: str
    post: Text
    roles: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateHolder:
    """A person who may act for an entity."""

    mandate_id: int
    person: PersonView
    kind: MandateKind
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """A role: its name for people and how far it reaches."""

    code: str
    title: Text
    reach: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRole:
    """A role as a pack declares it, with the operations it holds."""

    role: RoleView
    operations: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One capacity in which an account may act; ``key`` is what a session keeps.

    Keys: ``self``, ``posting:<id>``, ``delegation:<id>``, ``entity:<id>``.
    """

    key: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationSignIn:
    """A sign-in of the demonstration city, for the screen of the person who started it."""

    username: str
    password: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CityLoaded:
    """What loading a city did; ``added``, ``changed``, ``retired`` count organisations."""

    code: str
    divisions: int
    organisations: int
    added: int
    changed: int
    retired: int


@dataclass(eq=False)
class NotSignedIn(NotAllowed):
    """Nobody is signed in, or the account no longer has the capacity it acted in."""

    status: ClassVar[int] = 401
    text: ClassVar[Text] = Text("请先登录。", "Please sign in first.")


@dataclass(eq=False)
class StandingEnded(NotAllowed):
    """The chosen capacity (post, mandate, delegation) has ended or was revoked."""

    text: ClassVar[Text] = Text(
        "您选择的办事身份已失效，请重新选择。",
        "The capacity in which you were acting has ended. Please choose again.",
    )


@dataclass(eq=False)
class OrganisationUnknown(NotFound):
    """No organisation has this code."""

    organisation: str
    text: ClassVar[Text] = Text(
        "没有代码为 {organisation} 的机构。", "There is no organisation {organisation}."
    )


@dataclass(eq=False)
class DivisionUnknown(NotFound):
    """No administrative division has this code."""

    division: str
    text: ClassVar[Text] = Text("没有代码为 {division} 的行政区划。", "There is no division {division}.")


@dataclass(eq=False)
class PersonUnknown(NotFound):
    """No such person."""

    text: ClassVar[Text] = Text("没有找到该自然人。", "This person could not be found.")


@dataclass(eq=False)
class EntityUnknown(NotFound):
    """No such legal entity."""

    text: ClassVar[Text] = Text("没有找到该法人或组织。", "This legal entity could not be found.")


@dataclass(eq=False)
class AccountUnknown(NotFound):
    """No such account."""

    text: ClassVar[Text] = Text("没有找到该账号。", "This account could not be found.")


@dataclass(eq=False)
class PostingUnknown(NotFound):
    """No such posting, delegation, or no post that fits, at this time."""

    text: ClassVar[Text] = Text(
        "没有找到有效的任职或委托。", "There is no such post or delegation at this time."
    )


@dataclass(eq=False)
class NotTheRepresentative(NotAllowed):
    """Only the legal representative may do this online."""

    text: ClassVar[Text] = Text(
        "网上只能由法定代表人本人办理，其他人员请到政务服务窗口办理。",
        "Online only the legal representative may do this; others please go to a service counter.",
    )


@dataclass(eq=False)
class SignInLocked(NotAllowed):
    """Too many failures for this user name or from this address."""

    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "登录失败次数过多，请15分钟后再试，或到政务服务窗口重置密码。",
        "Too many failed attempts. Try again in 15 minutes, or have it reset at a service counter.",
    )


@dataclass(eq=False)
class SecondFactorNeeded(NotAllowed):
    """An officer's account has no second factor yet, and this city asks for one."""

    text: ClassVar[Text] = Text(
        "请先设置两步验证，再进入办公平台。", "Set up two-step verification before you enter the desk."
    )


@dataclass(eq=False)
class PasswordChangeNeeded(NotAllowed):
    """The password was given by an administrator and must be changed first."""

    text: ClassVar[Text] = Text("请先修改初始密码。", "Change your first password before you go on.")


@dataclass(eq=False)
class AlreadyRegistered(Conflict):
    """The person, entity or user name is there already."""

    text: ClassVar[Text] = Text(
        "该证件号码或用户名已经注册，请直接登录或到政务服务窗口办理。",
        "This identity number or user name is registered already. Sign in, or ask at a service counter.",
    )


@dataclass(eq=False)
class PeriodReversed(RuleViolation):
    """The end lies before the start."""

    text: ClassVar[Text] = Text("结束时间早于开始时间。", "The end lies before the start.")


@dataclass(eq=False)
class RoleUnknown(RuleViolation):
    """A posting names a role that neither the platform nor a pack declares."""

    role: str
    text: ClassVar[Text] = Text("没有名为 {role} 的角色。", "There is no role {role}.")


@dataclass(eq=False)
class RolesNotHeld(RuleViolation):
    """A delegation hands on roles that the delegating officer does not hold."""

    text: ClassVar[Text] = Text(
        "委托人不具有所委托的角色。", "The delegating officer does not hold the roles to be handed on."
    )


@dataclass(eq=False)
class DelegationToSelf(RuleViolation):
    """Nobody delegates to himself."""

    text: ClassVar[Text] = Text("不能委托给本人。", "You cannot delegate to yourself.")


@dataclass(eq=False)
class AlreadyEnded(RuleViolation):
    """The posting, mandate or delegation has ended already."""

    text: ClassVar[Text] = Text("已经终止，无需重复操作。", "This has ended already.")
