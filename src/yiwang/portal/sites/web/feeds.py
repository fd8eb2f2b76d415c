"""What a site tells programs: the latest articles as Atom, and every page as a sitemap."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from yiwang.platform.web.language import HTML_LANG, current_language, say
from yiwang.portal.keeping.api import may_be_kept, parts_of_lists
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import PageLink
from yiwang.portal.sites.web.shown import address_of

_MOST = 30
_KEPT = "public, max-age=60"


@require_safe
def feed(request: HttpRequest, site: str) -> HttpResponse:
    """The latest articles of a site in the reader's language, or in Chinese where there is no other."""
    found, home = api.get_site(site), api.find_page(site, "")
    links = api.latest(home.link, _MOST)
    atom = Atom1Feed(
        title=say(found.title),
        link=_whole(request, site),
        description=say(home.link.summary),
        language=HTML_LANG[current_language()],
        feed_url=request.build_absolute_uri(),
    )
    for link in links:
        day = link.day or timezone.localdate()
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        atom.add_item(
            title=say(link.title),
            link=_whole(request, site, link),
            description=say(link.summary),
            updateddate=noon,
            pubdate=noon,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = _KEPT
    atom.write(response, "utf-8")
    return may_be_kept(response, parts_of_lists(site))


@require_safe
def sitemap(request: HttpRequest, site: str) -> HttpResponse:
    """Every published page of a site, with its English where it has one."""
    api.get_site(site)
    pages = [{"href": _whole(request, site, link), "day": link.day} for link in api.published(site)]
    response = render(request, "sites/sitemap.xml", {"pages": pages}, content_type="application/xml")
    response.headers["Cache-Control"] = _KEPT
    return may_be_kept(response, parts_of_lists(site))


def _whole(request: HttpRequest, site: str, link: PageLink | None = None) -> str:
    return request.build_absolute_uri(address_of(request, site, link.address if link else ""))
