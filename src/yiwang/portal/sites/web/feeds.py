"""What a site tells programs: its news as Atom and RSS, its pages as a sitemap, the index of the group."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from yiwang.identity.api import organisation_names
from yiwang.platform.web.language import HTML_LANG, current_language, say
from yiwang.portal.keeping.marking import may_be_kept
from yiwang.portal.keeping.rules.parts import parts_of_lists
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import PageLink
from yiwang.portal.sites.web.shown import address_of

_MOST = 30
_KEPT = "public, max-age=60"


@require_safe
def feed(request: HttpRequest, site: str) -> HttpResponse:
    """The latest news of a site as Atom, in the reader's language, or in Chinese where there is no other."""
    return _feed(request, site, Atom1Feed)


@require_safe
def rss(request: HttpRequest, site: str) -> HttpResponse:
    """The same as RSS 2.0."""
    return _feed(request, site, Rss201rev2Feed)


def _feed(request: HttpRequest, site: str, form: type[Rss201rev2Feed | Atom1Feed]) -> HttpResponse:
    found, home = api.get_site(site), api.find_page(site, "")
    publisher = say(organisation_names({found.organisation}).get(found.organisation, found.title))
    made = form(
        title=say(found.title),
        link=_whole(request, site),
        description=say(home.link.summary),
        language=HTML_LANG[current_language()],
        author_name=publisher,
        feed_url=request.build_absolute_uri(),
    )
    for link in api.latest(home.link, _MOST):
        day = link.day or timezone.localdate()
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        address = _whole(request, site, link)
        made.add_item(
            title=say(link.title),
            link=address,
            unique_id=address,
            description=say(link.summary),
            updateddate=noon,
            pubdate=noon,
        )
    response = HttpResponse(content_type=made.content_type)
    response.headers["Cache-Control"] = _KEPT
    made.write(response, "utf-8")
    return may_be_kept(response, parts_of_lists(site))


@require_safe
def sitemap(request: HttpRequest, site: str) -> HttpResponse:
    """Every published page of a site, with its English where somebody has written it."""
    api.get_site(site)
    pages = [
        {
            "href": _whole(request, site, link),
            "day": link.day,
            "english": _english(request, site, link) if link.has_english else "",
        }
        for link in api.published(site)
    ]
    response = render(request, "sites/sitemap.xml", {"pages": pages}, content_type="application/xml")
    response.headers["Cache-Control"] = _KEPT
    return may_be_kept(response, parts_of_lists(site))


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemaps of every site of the group."""
    sites = [
        request.build_absolute_uri(f"{address_of(request, one.code)}sitemap.xml") for one in api.list_sites()
    ]
    response = render(request, "sites/sitemap_index.xml", {"sites": sites}, content_type="application/xml")
    response.headers["Cache-Control"] = _KEPT
    return response


def _english(request: HttpRequest, site: str, link: PageLink) -> str:
    with translation.override("en"):
        return _whole(request, site, link)


def _whole(request: HttpRequest, site: str, link: PageLink | None = None) -> str:
    return request.build_absolute_uri(address_of(request, site, link.address if link else ""))
