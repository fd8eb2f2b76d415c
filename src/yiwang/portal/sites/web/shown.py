"""Pages as templates show them: addresses in the reader's language, bodies as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.platform.web.language import current_language
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import FileView, PageLink, PageView, SiteView
from yiwang.portal.sites.rules import bodies
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.web.details import facts, said
from yiwang.portal.sites.web.hosts import site_of_host
from yiwang.portal.sites.web.marked import CHINESE, as_html
from yiwang.portal.sites.web.traditional import HANT_PREFIX, is_traditional

_UNPREFIXED = re.compile(r"^/(?:en|hant)/")


def address_of(request: HttpRequest, site: str, inner: str = "") -> str:
    """The address of a page of a site, from where the reader is."""
    here = site_of_host(request)
    tail = f"{inner}/" if inner else ""
    language = _prefix(request)
    if here == site:
        return f"{language}/{tail}"
    origin = environment().address() if here else ""
    return f"{origin}{language}/sites/{site}/{tail}"


def outside(request: HttpRequest, path: str) -> str:
    """A path of the installation as it is reached from where the reader is: a site's own host has it not."""
    return f"{environment().address()}{path}" if site_of_host(request) else path


def group_address(request: HttpRequest) -> str:
    """Where every site of the group is listed."""
    origin = environment().address() if site_of_host(request) else ""
    return f"{origin}{_prefix(request)}/sites/"


def _prefix(request: HttpRequest) -> str:
    if is_traditional(request):
        return HANT_PREFIX[:-1]
    return "/en" if current_language() == "en" else ""


def check_address(request: HttpRequest, page: PageLink) -> str:
    """Where anybody checks a page against the proof of its publication."""
    origin = environment().address() if site_of_host(request) else ""
    return f"{origin}{'/en' if current_language() == 'en' else ''}/proofs/{page.id}/"


def entry(request: HttpRequest, link: PageLink) -> dict[str, object]:
    """A page in a list; ``lang`` is set where an English reader gets Chinese."""
    return {
        "title": link.title,
        "summary": link.summary,
        "text": link.summary,
        "href": address_of(request, link.site, link.address),
        "day": link.day,
        "kind": link.kind,
        "lang": _lang(has_english=link.has_english),
        "site": link.site,
    }


def entries(request: HttpRequest, links: Iterable[PageLink]) -> list[dict[str, object]]:
    """The same of several."""
    return [entry(request, link) for link in links]


def frame(request: HttpRequest, site: SiteView, page: PageView | None) -> dict[str, object]:
    """What stands around every page of a site."""
    names = organisation_names({site.organisation})
    menu = entries(request, api.menu(site))
    here = request.path
    for one in menu:
        one["current"] = here.startswith(str(one["href"]))
    above = entries(request, page.above) if page else []
    crumbs = [{"text": one["title"], "href": one["href"]} for one in above]
    if crumbs:
        crumbs[0]["text"] = Text("首页", "Home")
    if page is not None and crumbs:
        crumbs.append({"text": page.link.title, "href": ""})
    home = address_of(request, site.code)
    return {
        "site": site,
        "site_home": home,
        "site_menu": [{"title": Text("首页", "Home"), "href": home, "current": here == home}, *menu],
        "group_href": group_address(request),
        "site_host": names.get(site.organisation, Text(site.organisation, site.organisation)),
        "crumbs": crumbs,
        "check_href": check_address(request, page.link) if page else "",
        "lang": _lang(has_english=page.link.has_english) if page else "",
        "languages": _languages(request, has_english=page is None or page.link.has_english),
        "here": here,
    }


_LANGUAGES = (
    ("", "zh-Hans", "简体", "zh"),
    ("/hant", "zh-Hant", "繁體", "zh"),
    ("/en", "en", "English", "en"),
)


def _languages(request: HttpRequest, *, has_english: bool) -> list[dict[str, object]]:
    """The same page in each language that there is; ``whole`` is its address for programs."""
    path = escape_uri_path(_UNPREFIXED.sub("/", request.path, count=1))
    now = _prefix(request)
    return [
        {
            "href": f"{prefix}{path}",
            "whole": request.build_absolute_uri(f"{prefix}{path}"),
            "code": code,
            "name": name,
            "current": prefix == now,
            "written": language == "zh" or has_english,
        }
        for prefix, code, name, language in _LANGUAGES
    ]


def written(request: HttpRequest, page: PageView, file_address: str) -> dict[str, object]:
    """A page's own facts and its body; ``file_address`` has ``{file}`` where the id of a file goes."""
    english = current_language() == "en" and bool(page.body_en) and page.link.has_english
    parts = page.body_en if english else page.body
    files = api.files_named(page.link.site, bodies.files_of(parts))
    return {
        "facts": facts(page),
        "details": said(page, file_address),
        "parts": [_part(part, files, file_address) for part in parts],
        "body_lang": "" if english or current_language() == "zh" else CHINESE,
    }


def _part(part: Part, files: Mapping[int, FileView], file_address: str) -> dict[str, object]:
    file = files.get(part.file)
    rows = bodies.rows_of(part.text) if part.kind == "table" else []
    return {
        "kind": part.kind,
        "text": part.text,
        "html": as_html(part.text) if part.kind == "paragraph" else "",
        "caption": part.caption,
        "alt": part.alt,
        "head": rows[0] if rows else [],
        "rows": rows[1:],
        "file": file,
        "href": file_address.replace("{file}", str(part.file)),
    }


def _lang(*, has_english: bool) -> str:
    return CHINESE if current_language() == "en" and not has_english else ""
