"""Words of the group of sites: a site, a page as a link and as it is read, and what may be refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import Conflict, NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.comparing import Difference
from yiwang.portal.sites.rules.details import Details
from yiwang.portal.sites.rules.reviews import Standing, Step
from yiwang.portal.sites.rules.terms import Terms


class Flow(StrEnum):
    """Where a column's news also stands: nowhere else, on the main site, or on every other site."""

    NONE = ""
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """A site of the group."""

    id: int
    code: str
    title: Text
    kind: str
    organisation: str
    theme: str
    identifier: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page as lists name it. Without English, both halves of its texts are Chinese."""

    id: int
    site: str
    #: Within the site, without slashes at its ends; empty for the first page.
    address: str
    kind: str
    title: Text
    summary: Text
    has_english: bool
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page as it is read: itself, those above it from the site's first page on, and its body."""

    link: PageLink
    above: tuple[PageLink, ...]
    #: What its kind says of itself, by the names of the kind's fields.
    details: Details = field(default_factory=dict)
    body: tuple[Part, ...] = ()
    body_en: tuple[Part, ...] = ()
    flow: Flow = Flow.NONE
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an editor writes on a page."""

    title: str
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    day: date | None = None
    #: What its kind says of itself, by the names of the kind's fields.
    details: Details = field(default_factory=dict)
    body: tuple[Part, ...] = ()
    body_en: tuple[Part, ...] = ()
    flow: Flow = Flow.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A page on the desk: what its last revision says, and how that stands to what is published."""

    link: PageLink
    parent: int
    content: Content
    revision: int
    live: bool
    changed: bool
    saved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A page in the list of the desk."""

    link: PageLink
    live: bool
    changed: bool
    saved_at: datetime | None
    standing: Standing
    owed: bool = False
    takes: tuple[str, ...] = field(default=())
    terms: Terms = field(default=Terms())


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedOrder:
    """An ordered publication that was refused at its time and is not dealt with."""

    site: str
    page: int
    title: str
    refused_at: datetime
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step with the name of who did it; ``counts`` where it is of the last revision's present round."""

    title: Text
    step: Step
    by: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """How the last revision of a page stands, and everything done to the page, the latest first."""

    standing: Standing
    steps: tuple[StepView, ...]
    authors: frozenset[int]
    author_names: tuple[str, ...]
    #: It is out without all reviews, and they have not been made up.
    owed: bool
    terms: Terms
    #: Why the last order to publish was not carried out, and when; none where it was, or was renewed.
    refusal: Text | None = None
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A revision of a page: when it was saved and by whom."""

    revision: int
    saved_at: datetime
    by: Text
    is_latest: bool
    is_live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two contents of a page; of what is not saved there is no version."""

    before: Version | None
    after: Version | None
    fields: tuple[Difference, ...]
    body: tuple[Difference, ...]
    body_en: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A picture or attachment of a site."""

    id: int
    site: str
    name: str
    media_type: str
    size: int
    is_picture: bool
    width: int
    height: int
    kept_at: datetime
    uses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLoaded:
    """What loading the city's sites changed."""

    sites: int
    pages: int


@dataclass(eq=False)
class SiteNotFound(NotFound):
    """No such site."""

    text: ClassVar[Text] = Text("没有这个网站。", "There is no such site.")


@dataclass(eq=False)
class SitePageNotFound(NotFound):
    """No such page, or not for this reader; the two look alike on purpose."""

    text: ClassVar[Text] = Text("没有找到这个页面。", "There is no such page.")


@dataclass(eq=False)
class SiteFileNotFound(NotFound):
    """No such file of this site, or no published page uses it."""

    text: ClassVar[Text] = Text("没有找到这个文件。", "There is no such file.")


@dataclass(eq=False)
class AddressTaken(Conflict):
    """Another page of the site stands there."""

    address: str
    text: ClassVar[Text] = Text(
        "地址“{address}”已经有页面，请换一个。",
        "There is a page at “{address}” already; choose another.",
    )


@dataclass(eq=False)
class NotTakenHere(RuleViolation):
    """A page of this kind cannot stand under that page."""

    text: ClassVar[Text] = Text("这里不能放这一类页面。", "A page of this kind cannot stand here.")


@dataclass(eq=False)
class EditedMeanwhile(Conflict):
    """Somebody else saved the page after the form was opened."""

    text: ClassVar[Text] = Text(
        "在您编辑期间，其他人保存了这个页面。您写的内容还在下面，没有保存；请比对后再保存。",
        "Somebody else has saved this page since you opened it. What you wrote is below, not saved: "
        "compare, then save again.",
    )


@dataclass(eq=False)
class RevisedMeanwhile(EditedMeanwhile):
    """Somebody saved the page after it was looked at."""

    text: ClassVar[Text] = Text(
        "在您看的时候，页面又改过了。请看新的内容再办理；这一次没有记录。",
        "The page was edited while you looked at it. Look at the new text first; nothing was recorded.",
    )


@dataclass(eq=False)
class Embargoed(RuleViolation):
    """It may not go out yet."""

    until: Text
    text: ClassVar[Text] = Text("{until}以前不得发布。", "It may not go out before {until}.")


@dataclass(eq=False)
class NotPublished(RuleViolation):
    """The page is not out, so that it cannot be withdrawn."""

    text: ClassVar[Text] = Text("这个页面没有发布。", "This page is not published.")


@dataclass(eq=False)
class AlreadyPublished(RuleViolation):
    """What the last revision says is out already."""

    text: ClassVar[Text] = Text("最新内容已经发布。", "The latest text is published already.")


@dataclass(eq=False)
class StepRefused(RuleViolation):
    """A review, a proof or a publication is not next, or not for this person."""

    reason: Text
    text: ClassVar[Text] = Text("{reason}。", "{reason}.")
