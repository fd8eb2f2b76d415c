"""A site's first page: news with a lead, channels or columns, services, disclosure, talking, the group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from yiwang.kernel.text import Text
from yiwang.portal.rules.subjects import EVENT_ICONS, LIFE_EVENTS
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content, Flow, PageLink, PageView, SiteView
from yiwang.portal.sites.web.showing import SHOWN, Context
from yiwang.portal.sites.web.shown import address_of, entries, entry, outside

_NEWS, _OF_COLUMN, _FLOWING, _OF_CHANNEL = 9, 4, 4, 3
#: Newest pages that are looked through for one with a picture to lead with.
_MAY_LEAD = 4
_EVENTS = ("birth", "school", "find_job", "marry", "buy_home", "car", "retire", "start_company")
_ICONS = {"government": "building", "citizens": "people", "enterprises": "work", "investment": "chart"}
_DISCLOSURE = (
    ("portal:guide", ("disclosure_request",), Text("依申请公开", "Ask for information"), "edit"),
    ("portal:notices", (), Text("通知公告", "Notices"), "bell"),
    ("portal:results", (), Text("办理结果公示", "Results of cases"), "seal"),
    ("catalogue:all", (), Text("数据目录", "Catalogue of data"), "chart"),
)
_TALKING = (
    ("talking:mailbox", (), Text("领导信箱", "Write to the leaders"), "inbox"),
    ("talking:consultations", (), Text("意见征集", "Drafts for comment"), "edit"),
    ("talking:surveys", (), Text("问卷调查", "Surveys"), "list"),
    ("portal:track", (), Text("查询进度", "Follow a case"), "clock"),
)
_QUICK = (
    ("portal:services", (), Text("全部事项", "All services"), "list"),
    ("portal:track", (), Text("查询进度", "Follow a case"), "clock"),
    ("portal:licence_check", (), Text("证照核验", "Check a licence"), "seal"),
    ("portal:departments", (), Text("部门", "Departments"), "building"),
)
_Link = tuple[str, tuple[str, ...], Text, str]


def home(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    """Everything that the first page shows."""
    below = api.below(view.link)
    news = api.latest(view.link, _NEWS)
    lead = _lead(request, site, news)
    return {
        "lead": lead,
        "news": [one for one in entries(request, news) if lead is None or one["href"] != lead["href"]],
        "channels": [_channel(request, one) for one in below if one.kind == "channel"],
        "columns": [_column(request, one) for one in below if one.kind == "column"],
        "topics": _with_pictures(request, site, [one for one in below if one.kind == "topic"]),
        "flowing": _named(request, site, Flow.UP if site.kind == "main" else Flow.DOWN),
        "groups": _groups(request, site),
        "search_action": outside(request, reverse("search:results")),
        "events": _events(request),
        "quick": _links(request, _QUICK),
        "talking": _links(request, _TALKING),
        "disclosure": _links(request, _DISCLOSURE),
        "own_services": outside(
            request, f"{reverse('portal:services')}?{urlencode({'body': site.organisation})}"
        ),
    }


def _lead(request: HttpRequest, site: SiteView, news: Sequence[PageLink]) -> Context | None:
    """The newest page with a picture; else the newest."""
    found = _with_pictures(request, site, news[:_MAY_LEAD])
    return next((one for one in found if one["picture"]), found[0] if found else None)


def _with_pictures(request: HttpRequest, site: SiteView, links: Sequence[PageLink]) -> list[Context]:
    contents = api.contents_of(links)
    pictures = {key: _picture_of(content) for key, content in contents.items()}
    files = api.files_named(site.code, [number for number, _ in pictures.values() if number])
    shown: list[Context] = []
    for link in links:
        number, alt = pictures.get(link.id, (0, ""))
        file = files.get(number)
        picture: Context | None = None
        if file is not None:
            href = f"{address_of(request, site.code, 'files')}{number}/"
            picture = {"href": href, "alt": alt, "width": file.width, "height": file.height}
        shown.append(entry(request, link) | {"picture": picture})
    return shown


def _picture_of(page: Content) -> tuple[int, str]:
    """The first picture of a body, or what the kind leads with."""
    for part in page.body:
        if part.kind == "picture" and part.file:
            return part.file, part.alt
    rows = page.details.get("pictures")
    first: Mapping[str, object] = rows[0] if isinstance(rows, tuple) and rows else page.details
    number = first.get("picture") or page.details.get("poster")
    return (number, str(first.get("alt") or "")) if isinstance(number, int) else (0, "")


def _channel(request: HttpRequest, link: PageLink) -> Context:
    return {
        "channel": entry(request, link),
        "icon": _ICONS.get(link.address, "file"),
        "columns": entries(request, api.below(link)),
        "news": entries(request, api.latest(link, _OF_CHANNEL)),
    }


def _column(request: HttpRequest, link: PageLink) -> Context:
    items = api.latest(link, _OF_COLUMN) or api.articles(link)[0][:_OF_COLUMN]
    return {"column": entry(request, link), "items": entries(request, items)}


def _named(request: HttpRequest, site: SiteView, flow: Flow) -> list[Context]:
    """News that flows here, each with the site that it is of."""
    titles = {one.code: one.title for one in api.list_sites()}
    found = entries(request, api.flowing(site, flow, _FLOWING))
    return [one | {"from": titles.get(str(one["site"]), "")} for one in found]


def _groups(request: HttpRequest, site: SiteView) -> list[Context]:
    """The other sites of the group by what they are of."""
    kinds = (
        ("main", Text("市政府", "City government")),
        ("department", Text("市政府部门", "Departments")),
        ("district", Text("各区", "Districts")),
    )
    others = [one for one in api.list_sites() if one.code != site.code]
    groups = [
        {
            "title": title,
            "sites": [
                {"title": one.title, "href": address_of(request, one.code)}
                for one in others
                if one.kind == kind
            ],
        }
        for kind, title in kinds
    ]
    return [one for one in groups if one["sites"]]


def _events(request: HttpRequest) -> list[Context]:
    services = reverse("portal:services")
    return [
        {
            "title": LIFE_EVENTS[event],
            "icon": EVENT_ICONS[event],
            "href": outside(request, f"{services}?{urlencode({'event': event})}"),
        }
        for event in _EVENTS
    ]


def _links(request: HttpRequest, links: Sequence[_Link]) -> list[Context]:
    return [
        {"title": title, "icon": icon, "href": outside(request, reverse(name, args=args))}
        for name, args, title, icon in links
    ]


SHOWN.register("home", home)
