"""The editors' desk: their sites, the pages of one with how each stands, previews."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.web.language import say
from yiwang.platform.web.sorting import asked_sorting, sorted_columns
from yiwang.platform.web.wording import day, moment
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import PageRow, SiteView
from yiwang.portal.sites.rules.reviews import Standing, StepKind, is_final, name_of
from yiwang.portal.sites.rules.terms import Terms
from yiwang.portal.sites.web.public import render_page
from yiwang.portal.sites.web.shown import address_of

_OWED = Text("已紧急发布，待补审", "Out urgently, review owed")
_WAITS = Text("待{what}", "Awaits: {what}")
_LONGEST_SEARCH = 60
_COLUMNS = (
    {"key": "title", "label": Text("标题", "Title"), "head": True},
    {"key": "kind", "label": Text("类型", "Kind"), "nowrap": True},
    {"key": "state", "label": Text("状态", "State"), "nowrap": True},
    {"key": "day", "label": Text("日期", "Date"), "nowrap": True},
    {"key": "saved", "label": Text("最后保存", "Last saved"), "nowrap": True},
    {"key": "planned", "label": Text("计划", "Planned")},
)
_PLANS = (
    ("embargo_until", Text("{when}解禁", "Embargo until {when}")),
    ("publish_at", Text("{when}发布", "Goes out {when}")),
    ("withdraw_at", Text("{when}撤下", "Comes off {when}")),
)


@needs_officer(api.READ)
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """The sites that the officer edits; where it is one, that one."""
    own = api.sites_to_edit(actor_for(request))
    if len(own) == 1:
        return redirect("site_desk:pages", site=own[0].code)
    cards = [{"title": one.title, "href": reverse("site_desk:pages", args=[one.code])} for one in own]
    return render(request, "site_desk/sites.html", {"cards": cards})


@needs_officer(api.READ)
@require_safe
def pages(request: HttpRequest, site: str) -> HttpResponse:
    """The pages of a site in the order of its tree, with how each stands."""
    actor = actor_for(request)
    own = api.site_to_edit(actor, site)
    words = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    waiting = request.GET.get("state") == "waiting"
    sorting = asked_sorting(request, api.PAGE_ORDERS)
    found, screen = api.list_pages(
        actor,
        site,
        words=words,
        number=request.GET.get("page", "1"),
        only_waiting=waiting,
        order=sorting.column,
        descending=sorting.descending,
    )
    edits = may(actor, own, api.EDIT)
    door = "site_desk:edit" if edits and not waiting else "site_desk:review"
    context = {
        **desk_frame(request, own),
        "columns": sorted_columns(request, _COLUMNS, sorting, api.PAGE_ORDERS),
        "rows": [_row(site, row, door, timezone.now()) for row in found],
        "sorting": sorting,
        "refused": [
            {"order": one, "href": reverse("site_desk:review", args=[site, one.page])}
            for one in api.refused_orders(actor, site)
        ],
        "waiting": waiting,
        "screen": screen,
        "words": words,
        "takers": [one for row in found for one in _takers(site, row)] if edits and not waiting else [],
    }
    return render(request, "site_desk/pages.html", context)


@needs_officer(api.READ)
@require_safe
def preview(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """The page as readers would see its draft."""
    actor = actor_for(request)
    view = api.preview(actor, site, page)
    file_address = reverse("site_desk:own_file", args=[site, 0]).replace("/0/", "/{file}/")
    back = reverse("site_desk:review", args=[site, page])
    return render_page(request, api.get_site(site), view, file_address, preview_of=back)


def revision_of(request: HttpRequest) -> int:
    """The revision that a form was filled in on; 0, which none has, where it says nothing."""
    return whole_number(request.POST.get("_revision", ""))


def whole_number(given: str) -> int:
    """A number as a form or an address has it; 0 for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def may(actor: Actor, site: SiteView, operation: str) -> bool:
    """Whether the officer may do this upon the site."""
    return guard().covers(actor, operation, Scope(organisations=(site.organisation,)))


#: Views of the site that the watch over sites has; it stands above and is known by its addresses alone.
_WATCHED = "watching.read"
_WATCH_TABS = (
    ("site", Text("巡查", "How it stands")),
    ("reports", Text("年度报表", "Yearly report")),
)


def desk_frame(request: HttpRequest, site: SiteView) -> dict[str, object]:
    """What stands around the desk's pages of one site."""
    all_pages, waiting = reverse("site_desk:pages", args=[site.code]), request.GET.get("state") == "waiting"
    here = request.path
    tabs = [
        {
            "text": Text("页面", "Pages"),
            "href": all_pages,
            "current": not waiting and not here.endswith("/files/"),
        },
        {"text": Text("待审校", "To review"), "href": f"{all_pages}?state=waiting", "current": waiting},
    ]
    if may(actor_for(request), site, api.KEEP_FILE):
        files = reverse("site_desk:files", args=[site.code])
        words = Text("图片和附件", "Pictures and files")
        tabs.append({"text": words, "href": files, "current": here.endswith("/files/")})
    if may(actor_for(request), site, _WATCHED):
        for name, words in _WATCH_TABS:
            href = reverse(f"watching:{name}", args=[site.code])
            tabs.append({"text": words, "href": href, "current": False})
    return {"site": site, "public": address_of(request, site.code), "tabs": tabs}


def page_tabs(request: HttpRequest, site: SiteView, page: int) -> list[dict[str, object]]:
    """The views of one page; who reviews alone has no form to edit it."""
    doors = [
        ("review", Text("审校和发布", "Review and publication")),
        ("versions", Text("历史版本", "Versions")),
    ]
    if may(actor_for(request), site, api.EDIT):
        doors = [("edit", Text("中文", "Chinese")), ("edit_english", Text("英文", "English")), *doors]
    match = request.resolver_match
    here = (match.url_name or "") if match is not None else ""
    shown = {"terms": "review", "compare": "versions"}.get(here, here)
    found = []
    for name, text in doors:
        href = reverse(f"site_desk:{name}", args=[site.code, page])
        found.append({"text": text, "href": href, "current": name == shown})
    return found


def state_of(*, live: bool, changed: bool, standing: Standing, owed: bool) -> dict[str, object]:
    """How a page stands, as a tag."""
    states = (
        (owed, _OWED, "danger"),
        (live and not changed, Text("已发布", "Published"), "success"),
        (standing.sent_back is not None, Text("已退回", "Sent back"), "danger"),
        (standing.submitted and standing.is_complete, Text("待发布", "Ready to go out"), "info"),
        (standing.submitted, _next_of(standing), "progress"),
        (live, Text("有未发布的修改", "Changes not published"), "warning"),
    )
    for holds, text, tone in states:
        if holds:
            return {"text": text, "tone": tone}
    return {"text": Text("未发布", "Not published"), "tone": "neutral"}


def _next_of(standing: Standing) -> Text:
    """What a submitted revision waits for: its next review, or the proof that is before it."""
    name = name_of(StepKind.PROOF, standing.next_proof, standing.checks)
    if standing.next_review and not (is_final(standing) and standing.next_proof):
        name = name_of(StepKind.REVIEW, standing.next_review, standing.checks)
    return Text(_WAITS.zh.format(what=name.zh), _WAITS.en.format(what=name.en.lower()))


def _row(site: str, row: PageRow, door: str, at: datetime) -> dict[str, object]:
    kind = api.PAGE_KINDS.get(row.link.kind)
    return {
        "title": {
            "text": row.link.title,
            "href": reverse(door, args=[site, row.link.id]),
            "note": f"/{row.link.address}",
        },
        "kind": kind.title,
        "state": state_of(live=row.live, changed=row.changed, standing=row.standing, owed=row.owed),
        "day": day(row.link.day) if row.link.day else "—",
        "saved": moment(row.saved_at) or "—",
        "planned": "\n".join(_plans(row.terms, at)) or "—",
    }


def _plans(terms: Terms, at: datetime) -> list[str]:
    """What is still to come of a page, in the order of its life."""
    planned = ((getattr(terms, name), words) for name, words in _PLANS)
    return [say(words.fill(when=moment(when))) for when, words in planned if when is not None and when > at]


def _takers(site: str, row: PageRow) -> list[dict[str, object]]:
    """Where a new page may be begun."""
    return [
        {
            "title": api.PAGE_KINDS.get(kind).title,
            "under": row.link.title,
            "href": reverse("site_desk:begin", args=[site, row.link.id, kind]),
        }
        for kind in row.takes
    ]
