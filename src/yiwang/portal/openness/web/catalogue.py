"""The public catalogue (政府信息公开目录): looked through, read, exported, followed by feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.platform.spreadsheets import csv_file
from yiwang.platform.web.language import HTML_LANG, current_language, say
from yiwang.portal.openness import api
from yiwang.portal.openness.rules.categories import CATEGORIES, place_of
from yiwang.portal.openness.rules.following import Followed
from yiwang.portal.openness.rules.life import STATE_TEXTS
from yiwang.portal.openness.rules.links import KIND_TEXTS
from yiwang.portal.openness.web import shown
from yiwang.portal.rules.subjects import THEMES
from yiwang.portal.sites.api import get_site, list_sites
from yiwang.portal.web.asking import asked

PER_PAGE = 20
_IN_FEED = 50
_MOST_EXPORTED = 20_000
_KEPT = "public, max-age=60"
_HEAD = (
    "索引号 index number", "文号 document number", "标题", "title", "发布机构 issued by",
    "公开类别 category", "主题 theme", "种类 kind", "成文日期 made", "公开日期 published",
    "施行日期 in force from", "有效期至 valid until", "状态 state",
)  # fmt: skip


@require_safe
def show_items(request: HttpRequest) -> HttpResponse:
    """The catalogue of the whole city."""
    return _listed(request, wanted_of(request), {"page_title": Text("政府信息公开目录", "What we publish")})


@require_safe
def show_site_items(request: HttpRequest, site: str) -> HttpResponse:
    """The catalogue of one site: what its agency has published."""
    found = get_site(site)
    wanted = wanted_of(request, organisation=found.organisation)
    return _listed(request, wanted, {"page_title": Text("政府信息公开目录", "What we publish"), "of": found})


@require_safe
def show_item(request: HttpRequest, item: int) -> HttpResponse:
    """One item: what the catalogue says of it, its text, its life, what belongs to it."""
    view = api.public_item(item, at=timezone.now())
    context = {
        "view": view,
        "row": view.row,
        "title": shown.both(view.row.title),
        "title_lang": shown.lang_of(view.row.title),
        "kind": KIND_TEXTS[view.row.kind],
        "facts": shown.facts(view.row),
        "life": shown.life(view),
        "links": shown.links(view),
        "explains": shown.cards(view.explains),
        **shown.state_of(view.row),
        **shown.body(view),
    }
    return render(request, "openness/item.html", context)


@require_safe
def have_file(request: HttpRequest, item: int) -> FileResponse:
    """The original of a published item."""
    response = download(api.public_file(item))
    response.headers["Cache-Control"] = _KEPT
    return response


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What the filters leave, as CSV in both languages; the mark lets Excel read UTF-8."""
    rows = api.item_rows(api.public_items(wanted_of(request))[:_MOST_EXPORTED], at=timezone.now())
    names = organisation_names({row.organisation for row in rows})
    table: list[Sequence[object]] = [_HEAD]
    for row in rows:
        cells = (
            row.index_number, row.document_number, row.title.zh, row.title.en,
            str(names.get(row.organisation, row.organisation)), str(CATEGORIES[row.category].title),
            str(THEMES.get(row.theme, "")), str(KIND_TEXTS[row.kind]), row.made_on,
            timezone.localdate(row.published_at) if row.published_at else "",
            row.from_day or "", row.until or "", str(STATE_TEXTS[row.state]) if row.state else "",
        )  # fmt: skip
        table.append(cells)
    response = HttpResponse(csv_file(table), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="openness.csv"'
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest of what the filters leave, as Atom."""
    wanted = wanted_of(request)
    atom = Atom1Feed(
        title=say(Text("政府信息公开目录", "What we publish")),
        link=request.build_absolute_uri(reverse("openness:items")),
        description="",
        language=HTML_LANG[current_language()],
        feed_url=request.build_absolute_uri(),
    )
    rows = api.public_items(wanted).order_by("-published_at", "-id")[:_IN_FEED]
    for row in api.item_rows(rows, at=timezone.now()):
        made = timezone.make_aware(datetime.combine(row.made_on, time(12)))
        atom.add_item(
            title=say(shown.both(row.title)),
            link=request.build_absolute_uri(reverse("openness:item", args=[row.id])),
            description=say(shown.both(row.summary)),
            updateddate=row.published_at or made,
            pubdate=made,
            categories=[say(CATEGORIES[row.category].title)],
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = _KEPT
    atom.write(response, "utf-8")
    return response


def wanted_of(request: HttpRequest, *, organisation: str = "") -> api.Wanted:
    """What the address asks for; what is none of the choices chooses nothing."""
    year = asked(request, "year", most=4)
    category, theme, kind = asked(request, "category"), asked(request, "theme"), asked(request, "kind")
    return api.Wanted(
        words=asked(request, "q", most=80),
        organisation=organisation or asked(request, "organisation"),
        category=category if category in CATEGORIES else "",
        theme=theme if theme in THEMES else "",
        kind=kind if kind in set(KIND_TEXTS) else "",
        year=int(year) if year.isascii() and year.isdecimal() else 0,
    )


def query_of(wanted: api.Wanted) -> str:
    """The choices as the query of an address."""
    pairs = {
        "q": wanted.words, "organisation": wanted.organisation, "category": wanted.category,
        "theme": wanted.theme, "kind": wanted.kind, "year": wanted.year,
    }  # fmt: skip
    return urlencode({name: value for name, value in pairs.items() if value})


def _follow_query(wanted: api.Wanted) -> str:
    """What somebody who looks at this list would follow."""
    for kind, value in (
        (Followed.SEARCH, wanted.words),
        (Followed.THEME, wanted.theme),
        (Followed.CATEGORY, wanted.category),
        (Followed.ORGANISATION, wanted.organisation),
    ):
        if value:
            return urlencode({"kind": kind.value, "value": value})
    return urlencode({"kind": Followed.EVERYTHING.value})


def _listed(request: HttpRequest, wanted: api.Wanted, more: dict[str, object]) -> HttpResponse:
    page = Paginator(api.public_items(wanted), PER_PAGE).get_page(request.GET.get("page"))
    owners = api.category_owners()
    names = organisation_names({*owners.values(), *api.publishing_organisations()})
    context = {
        "page": page,
        "rows": shown.cards(api.item_rows(page.object_list, at=timezone.now())),
        "asked": wanted,
        "query": query_of(wanted),
        "follow_query": _follow_query(wanted),
        "organisations": sorted((code, names.get(code, code)) for code in api.publishing_organisations()),
        "articles": _articles(owners, names, wanted.category),
        "themes": list(THEMES.items()),
        "kinds": [(str(key), text) for key, text in KIND_TEXTS.items()],
        "years": api.public_years(),
        "sites": list_sites(),
        **more,
    }
    return render(request, "openness/items.html", context)


def _articles(owners: dict[str, str], names: dict[str, Text], chosen: str) -> list[dict[str, object]]:
    """The categories by article, each with who answers for it."""
    found = []
    for article, title in ((20, Text("第二十条", "Article 20")), (21, Text("第二十一条", "Article 21"))):
        entries = [
            {
                "key": each.key,
                "title": each.title,
                "place": place_of(each),
                "owner": names.get(owners.get(each.key, ""), ""),
                "chosen": each.key == chosen,
            }
            for each in CATEGORIES.values()
            if each.article == article
        ]
        found.append({"title": title, "entries": entries})
    return found
