"""Published pages, as the public reads them. Only what is live is found here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Case, F, Q, Value, When
from wagtail.query import PageQuerySet

from yiwang.kernel.text import Text
from yiwang.platform.one_reading import read_once, tell
from yiwang.portal.sites.contracts import Content, Flow, PageLink, PageView, SitePageNotFound, SiteView
from yiwang.portal.sites.models import ChannelPage, ColumnPage, HomePage, SitePage
from yiwang.portal.sites.page_kinds import PAGE_KINDS, dated_models, kind_of, structure_models
from yiwang.portal.sites.writing import content_of

_LATEST = (F("day").desc(nulls_last=True), "-pk")
_LISTED = (
    F("day").desc(nulls_last=True),
    Case(When(day=None, then="path"), default=Value("")),
    "-pk",
)
PAGE_SIZE = 20
_MOST_IN_SITEMAP = 50_000


@read_once
def find_page(site: str, address: str) -> PageView:
    """The live page at an address of a site.

    Raises:
        SitePageNotFound: there is none, it is not published, or a page above it is not.
    """
    wanted = f"{site}/{address.strip('/')}/" if address.strip("/") else f"{site}/"
    page = _published(wanted)
    if page is None:
        raise SitePageNotFound
    return view_of(page, content_of(page), _above(page))


@read_once
def _published(address: str) -> SitePage | None:
    row = SitePage.objects.filter(address=address, live=True, site__active=True).first()
    return row.specific if row else None


def read_ahead(addresses: Collection[str]) -> None:
    """Read the pages at these addresses (``environment/news/``) together, for the present reading."""
    found = SitePage.objects.filter(address__in=addresses, live=True, site__active=True)
    by_model: dict[type[SitePage], list[int]] = {}
    for row in found.only("pk", "content_type_id"):
        by_model.setdefault(row.specific_class, []).append(row.pk)
    pages = {
        page.address: page
        for model, wanted in by_model.items()
        for page in model.objects.filter(pk__in=wanted)
    }
    for address in addresses:
        tell(_published, pages.get(address), address)


def view_of(page: SitePage, content: Content, above: Iterable[PageLink]) -> PageView:
    """A page with given content: what is published, or what a revision says."""
    return PageView(
        link=link_of(page),
        above=tuple(above),
        details=content.details,
        body=content.body,
        body_en=content.body_en,
        flow=content.flow,
        published_at=page.last_published_at,
    )


def _above(page: SitePage) -> tuple[PageLink, ...]:
    """Pages above, from the site's first one down; all of them have to be live."""
    return _down_to(page.site_id, page.path[: -page.steplen])


@read_once
def _down_to(site: int, path: str) -> tuple[PageLink, ...]:
    paths = [path[:end] for end in range(SitePage.steplen, len(path) + 1, SitePage.steplen)]
    found = SitePage.objects.filter(site_id=site, path__in=paths).order_by("depth")
    rows = tuple(found.select_related("content_type"))
    if not all(row.live for row in rows):
        raise SitePageNotFound
    return tuple(map(link_of, rows))


@read_once
def contents_of(links: Sequence[PageLink]) -> dict[int, Content]:
    """What live pages say, by id."""
    found = SitePage.objects.live().filter(pk__in=[link.id for link in links]).specific()
    return {page.pk: content_of(page) for page in found}


@read_once
def menu(site: SiteView) -> tuple[PageLink, ...]:
    """What the menu of a site names, in the order of the tree."""
    found = _live().filter(site_id=site.id, show_in_menus=True).order_by("path")
    return tuple(map(link_of, found))


@read_once
def below(page: PageLink) -> tuple[PageLink, ...]:
    """What stands right under a page and has pages under it, in the order of the tree."""
    found = _live().child_of(_row(page)).type(*structure_models()).order_by("path")
    return tuple(map(link_of, found))


@read_once
def articles(page: PageLink, number: object = 1) -> tuple[tuple[PageLink, ...], PageOfList[SitePage]]:
    """Pages right under a column: news, the latest first, then the others in the order of the tree.

    One screen of them, and where it stands.
    """
    found = _live().child_of(_row(page)).not_type(HomePage, ChannelPage, ColumnPage).order_by(*_LISTED)
    screen = Paginator(found, PAGE_SIZE).get_page(str(number))
    return tuple(map(link_of, screen.object_list)), screen


@read_once
def latest(page: PageLink, most: int) -> tuple[PageLink, ...]:
    """The latest news anywhere below a page."""
    found = _live().descendant_of(_row(page)).type(*dated_models()).order_by(*_LATEST)[:most]
    return tuple(map(link_of, found))


def published(site: str) -> tuple[PageLink, ...]:
    """Every published page of a site, in the order of the tree; 50,000 are what a sitemap may name."""
    found = _live().filter(site__code=site).order_by("path")[:_MOST_IN_SITEMAP]
    return tuple(map(link_of, found))


@read_once
def flowing(site: SiteView, flow: Flow, most: int) -> tuple[PageLink, ...]:
    """The latest news of columns of other sites whose news flows here: up to the main site, or down."""
    columns = ColumnPage.objects.live().filter(flow=flow, site__active=True).exclude(site_id=site.id)
    if flow is Flow.DOWN:
        columns = columns.filter(site__kind="main")
    within = Q(pk__in=())
    for path in columns.values_list("path", flat=True):
        within |= Q(path__startswith=path)
    found = _live().type(*dated_models()).filter(within).order_by(*_LATEST)[:most]
    return tuple(map(link_of, found))


def link_of(page: SitePage) -> PageLink:
    """A page as lists name it."""
    kind = kind_of(page.specific_class)
    address = page.address.strip("/")
    site, _, inner = address.partition("/")
    return PageLink(
        id=page.pk,
        site=site,
        address=inner,
        kind=kind if kind in PAGE_KINDS else "",
        title=Text(page.title, page.title_en or page.title),
        summary=Text(page.summary_zh, page.summary_en or page.summary_zh),
        has_english=bool(page.title_en),
        day=page.day,
    )


def _live() -> PageQuerySet:
    return SitePage.objects.live().filter(site__active=True).select_related("content_type")


def _row(page: PageLink) -> SitePage:
    row: SitePage = SitePage.objects.get(pk=page.id)
    return row
