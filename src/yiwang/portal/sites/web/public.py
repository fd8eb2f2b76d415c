"""The public pages of the sites."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.portal.keeping.api import may_be_kept, parts_of_page
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Flow, PageView, SiteView
from yiwang.portal.sites.web import places, serving  # noqa: F401 - each enters what its kinds show
from yiwang.portal.sites.web.showing import SHOWN, Context
from yiwang.portal.sites.web.shown import address_of, entries, entry, frame, written

_NEWS, _OF_COLUMN, _FLOWING = 8, 5, 8
_KINDS = (
    ("main", Text("市政府", "City government")),
    ("department", Text("市政府部门", "Departments")),
    ("district", Text("各区", "Districts")),
)


@require_safe
def group(request: HttpRequest) -> HttpResponse:
    """Every site of the group."""
    sites = api.list_sites()
    groups = [
        {"title": title, "sites": [_site_card(request, site) for site in sites if site.kind == kind]}
        for kind, title in _KINDS
    ]
    return render(request, "sites/group.html", {"groups": [one for one in groups if one["sites"]]})


@require_safe
def page(request: HttpRequest, site: str, address: str = "") -> HttpResponse:
    """A published page of a site."""
    found = api.get_site(site)
    view = api.find_page(site, address)
    response = render_page(request, found, view, f"{address_of(request, site, 'files')}{{file}}/")
    inner = f"{view.link.address}/" if view.link.address else ""
    return may_be_kept(response, parts_of_page(view.link.kind, f"{site}/{inner}"))


@require_safe
def file(request: HttpRequest, site: str, file: int) -> HttpResponseBase:
    """A picture or attachment that a published page uses."""
    response = download(api.public_file(site, file))
    # It is public until the page is withdrawn: kept, but asked about again.
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def render_page(
    request: HttpRequest, site: SiteView, view: PageView, file_address: str, **more: object
) -> HttpResponse:
    """A page in its site's dress, as the public or a preview shows it."""
    context = frame(request, site, view) | {"page": entry(request, view.link), "view": view}
    kind = api.PAGE_KINDS.get(view.link.kind)
    context |= written(request, view, file_address) | {"kind": kind}
    if kind.key in SHOWN:
        context |= SHOWN.get(kind.key)(request, site, view)
    return render(request, kind.template, context | more)


def _home(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    columns = [one for one in api.below(view.link) if one.kind == "column"]
    flow = Flow.UP if site.kind == "main" else Flow.DOWN
    others = [_site_card(request, one) for one in api.list_sites() if one.code != site.code]
    return {
        "news": entries(request, api.latest(view.link, _NEWS)),
        "channels": entries(request, [one for one in api.below(view.link) if one.kind == "channel"]),
        "columns": [
            {"column": entry(request, one), "items": entries(request, api.latest(one, _OF_COLUMN))}
            for one in columns
        ],
        "flowing": _named(request, site, flow),
        "others": others,
    }


def _named(request: HttpRequest, site: SiteView, flow: Flow) -> list[Context]:
    """News that flows here, each with the site that it is of."""
    titles = {one.code: one.title for one in api.list_sites()}
    found = entries(request, api.flowing(site, flow, _FLOWING))
    return [one | {"from": titles.get(str(one["site"]), "")} for one in found]


def _channel(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    return {
        "columns": [
            {"column": entry(request, one), "items": entries(request, api.latest(one, _OF_COLUMN))}
            for one in api.below(view.link)
        ]
    }


def _column(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    found, screen = api.articles(view.link, request.GET.get("page", "1"))
    return {"items": entries(request, found), "screen": screen}


SHOWN.register("home", _home)
SHOWN.register("channel", _channel)
SHOWN.register("column", _column)
SHOWN.register("topic", _channel)


def _site_card(request: HttpRequest, site: SiteView) -> Context:
    return {"title": site.title, "href": address_of(request, site.code), "code": site.code}
