"""The editors' desk: their sites, the pages of one, previews, publishing and withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import InvalidInput, NotFound, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import PageRow, SiteView
from yiwang.portal.sites.web.public import render_page
from yiwang.portal.sites.web.shown import address_of

_PUBLISHED = Text("已发布。", "Published.")
_WITHDRAWN = Text("已撤回 {n} 个页面。", "{n} pages were withdrawn.")
_STATES = {
    (True, False): (Text("已发布", "Published"), "success"),
    (True, True): (Text("有未发布的修改", "Changes not published"), "warning"),
    (False, True): (Text("未发布", "Not published"), "neutral"),
}
_LONGEST_SEARCH = 60
_COLUMNS = (
    {"key": "title", "label": Text("标题", "Title"), "head": True},
    {"key": "kind", "label": Text("类型", "Kind"), "nowrap": True},
    {"key": "state", "label": Text("状态", "State"), "nowrap": True},
    {"key": "day", "label": Text("日期", "Date"), "nowrap": True},
)


@needs_officer(api.EDIT)
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """The sites that the officer edits; where it is one, that one."""
    own = api.sites_to_edit(actor_for(request))
    if len(own) == 1:
        return redirect("site_desk:pages", site=own[0].code)
    cards = [{"title": one.title, "href": reverse("site_desk:pages", args=[one.code])} for one in own]
    return render(request, "site_desk/sites.html", {"cards": cards})


@needs_officer(api.EDIT)
@require_safe
def pages(request: HttpRequest, site: str) -> HttpResponse:
    """The pages of a site in the order of its tree, with how each stands."""
    actor = actor_for(request)
    own = api.site_to_edit(actor, site)
    words = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    found, screen = api.list_pages(actor, site, words=words, number=request.GET.get("page", "1"))
    context = {
        **desk_frame(request, own),
        "columns": _COLUMNS,
        "rows": [_row(site, row) for row in found],
        "screen": screen,
        "words": words,
        "takers": [one for row in found for one in _takers(site, row)],
    }
    return render(request, "site_desk/pages.html", context)


@needs_officer(api.EDIT)
@require_safe
def preview(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """The page as readers would see its draft."""
    actor = actor_for(request)
    view = api.preview(actor, site, page)
    file_address = reverse("site_desk:own_file", args=[site, 0]).replace("/0/", "/{file}/")
    edit = reverse("site_desk:edit", args=[site, page])
    return render_page(request, api.get_site(site), view, file_address, preview_of=edit)


@needs_officer(api.PUBLISH)
@require_POST
def publish(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """Publish what the publisher saw."""
    try:
        api.publish_page(
            actor=actor_for(request), at=timezone.now(), site=site, page=page, revision=revision_of(request)
        )
    except NotFound:
        raise
    except InvalidInput as refused:
        reasons = dict.fromkeys(say(problem.text) for problem in refused.problems)
        messages.error(request, "；".join(reasons) if len(reasons) < 4 else say(refused.sentence))
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(_PUBLISHED))
    return redirect("site_desk:edit", site=site, page=page)


@needs_officer(api.WITHDRAW)
@require_POST
def withdraw(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """Take the page off the site, with what is under it."""
    try:
        number = api.withdraw_page(actor=actor_for(request), at=timezone.now(), site=site, page=page)
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(_WITHDRAWN.fill(n=number)))
    return redirect("site_desk:edit", site=site, page=page)


def revision_of(request: HttpRequest) -> int:
    """The revision that a form was filled in on; 0, which none has, where it says nothing."""
    given = request.POST.get("_revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def desk_frame(request: HttpRequest, site: SiteView) -> dict[str, object]:
    """What stands around the desk's pages of one site."""
    return {
        "site": site,
        "public": address_of(request, site.code),
        "tabs": [
            {
                "text": Text("页面", "Pages"),
                "href": reverse("site_desk:pages", args=[site.code]),
                "current": not request.path.endswith("/files/"),
            },
            {
                "text": Text("图片和附件", "Pictures and files"),
                "href": reverse("site_desk:files", args=[site.code]),
                "current": request.path.endswith("/files/"),
            },
        ],
    }


def state_of(*, live: bool, changed: bool) -> dict[str, object]:
    """How a page stands, as a tag."""
    text, tone = _STATES[(live, changed or not live)]
    return {"text": text, "tone": tone}


def _row(site: str, row: PageRow) -> dict[str, object]:
    kind = api.PAGE_KINDS.get(row.link.kind)
    return {
        "title": {
            "text": row.link.title,
            "href": reverse("site_desk:edit", args=[site, row.link.id]),
            "note": f"/{row.link.address}",
        },
        "kind": kind.title,
        "state": state_of(live=row.live, changed=row.changed),
        "day": row.link.day.isoformat() if row.link.day else "—",
    }


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
