"""The public pages of the sites."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.portal.keeping.marking import may_be_kept
from yiwang.portal.keeping.rules.parts import parts_of_page
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import PageLink, PageView, SiteView
from yiwang.portal.sites.web import home, places, serving  # noqa: F401 - each enters what its kinds show
from yiwang.portal.sites.web.showing import SHOWN, Context
from yiwang.portal.sites.web.shown import address_of, entries, entry, frame, written
from yiwang.portal.sites.web.structured import data_block

_OF_COLUMN = 5
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
    if api.PAGE_KINDS.get(view.link.kind).lives:
        return response
    inner = f"{view.link.address}/" if view.link.address else ""
    return may_be_kept(
        response, parts_of_page(view.link.kind, f"{site}/{inner}", is_main=found.kind == "main")
    )


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
    if "preview_of" not in more:
        context["data_block"] = data_block(request, site, view, file_address)
    return render(request, kind.template, context | more)


def _channel(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    return {
        "columns": [
            {"column": entry(request, one), "items": entries(request, _first(one))}
            for one in api.below(view.link)
        ]
    }


def _first(column: PageLink) -> Sequence[PageLink]:
    """The latest news of a column, or its first pages where it has no news."""
    return api.latest(column, _OF_COLUMN) or api.articles(column)[0][:_OF_COLUMN]


def _column(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    found, screen = api.articles(view.link, request.GET.get("page", "1"))
    return {"items": entries(request, found), "screen": screen}


SHOWN.register("channel", _channel)
SHOWN.register("column", _column)
SHOWN.register("topic", _channel)


def _site_card(request: HttpRequest, site: SiteView) -> Context:
    return {"title": site.title, "href": address_of(request, site.code), "code": site.code}
