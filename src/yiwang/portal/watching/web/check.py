"""发布前检查: everything that the gate finds in a draft, with its place, and how its outside links stand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.portal.publishing.api import LinkState, is_outside, link_states, rules_in_force, want_links
from yiwang.portal.publishing.rules.trying import PROBLEM_TEXTS
from yiwang.portal.sites import api

_ASKED = Text(
    "已安排试访{n}个外部链接，稍后刷新看结果。", "{n} outside links will be tried; reload in a moment."
)
_BLOCKS = {"text": Text("须改正", "Must be put right"), "tone": "danger"}
_ADVICE = {"text": Text("建议", "Advice"), "tone": "info"}
_FINDINGS = (
    {"key": "where", "label": Text("位置", "Place"), "head": True, "nowrap": True},
    {"key": "state", "label": Text("处理", "Kind"), "nowrap": True},
    {"key": "text", "label": Text("问题和改法", "What to do")},
    {"key": "excerpt", "label": Text("原文", "In the text")},
)
_LINKS = (
    {"key": "url", "label": Text("外部链接", "Outside link"), "head": True},
    {"key": "where", "label": Text("位置", "Place"), "nowrap": True},
    {"key": "state", "label": Text("试访结果", "When tried"), "nowrap": True},
    {"key": "at", "label": Text("时间", "At"), "nowrap": True},
)


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """The saved draft by the rules in force; a POST has its outside links tried."""
    actor, on = actor_for(request), timezone.localdate()
    draft = api.get_draft(actor, site, page)
    fields = api.PAGE_KINDS.get(draft.link.kind).fields
    named = api.links_in(site, draft.content, on=on, fields=fields)
    links = [(url, where) for url, where in named if is_outside(url)]
    if request.method == "POST":
        wanted = want_links(actor=actor, at=timezone.now(), urls=[url for url, _ in links])
        messages.success(request, say(_ASKED.fill(n=wanted)))
        return redirect("watching:check", site=site, page=page)
    found = api.findings(actor, site, page, on=on)
    rules = rules_in_force()
    known = link_states((url for url, _ in links), failed_tries=rules.freshness.failed_tries)
    edit = reverse("site_desk:edit", args=[site, page])
    context = {
        "site": api.get_site(site),
        "draft": draft,
        "edit": edit,
        "basis": rules.basis,
        "blocking": sum(one.blocks for one in found),
        "advice": sum(not one.blocks for one in found),
        "finding_columns": _FINDINGS,
        "findings": [
            {
                "where": {
                    "text": one.where,
                    "href": (f"{edit}english/" if "_en" in one.path else edit)
                    + ("#body" if one.finding.place.block else ""),
                },
                "state": _BLOCKS if one.blocks else _ADVICE,
                "text": one.finding.text,
                "excerpt": one.finding.place.excerpt or "—",
            }
            for one in found
        ],
        "link_columns": _LINKS,
        "links": [_link_row(url, where, known.get(url)) for url, where in links],
    }
    return render(request, "watching/check.html", context)


def _link_row(url: str, where: Text, state: LinkState | None) -> dict[str, object]:
    told: dict[str, object]
    if state is None or state.tried_at is None:
        told = {"text": Text("尚未试访", "Not tried yet"), "tone": "neutral"}
    elif not state.problem:
        told = {"text": Text("可以打开", "It opens"), "tone": "success"}
    else:
        tone = "danger" if state.dead else "warning"
        told = {"text": PROBLEM_TEXTS[state.problem], "tone": tone}
    at = state.tried_at if state is not None and state.tried_at is not None else "—"
    return {"url": url, "where": where, "state": told, "at": at}
