"""How a register was declared over time, what each change broke, and notices to those whom it hit."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.registers import api
from yiwang.registers.web.change_notices import worded_hit
from yiwang.registers.web.listing import register_context

_STATES = {
    "published": (Text("现行", "In force"), "success"),
    "superseded": (Text("已被取代", "Superseded"), "neutral"),
    "retired": (Text("已停用", "Retired"), "danger"),
}


@needs_officer("registers.entry.list")
@require_safe
def show_revisions(request: HttpRequest, code: str) -> HttpResponse:
    """The revisions of a register, a retired one too."""
    actor = actor_for(request)
    found = api.list_revisions(code, actor=actor)
    names = organisation_names(_organisations(found) | {found[0].definition.owner})
    rows = [
        {
            "view": view,
            "state": _STATES[view.state][0],
            "tone": _STATES[view.state][1],
            "hits": [worded_hit(hit, names) for hit in view.hits],
        }
        for view in found
    ]
    owner = names.get(found[0].definition.owner, found[0].definition.owner)
    context: dict[str, object] = {"register": found[0].definition, "owner": owner, "rows": rows}
    if found[0].state == "published":
        context |= register_context(request, code, "revisions")
    return render(request, "registers/revisions.html", context)


def _organisations(found: Iterable[api.RevisionView]) -> set[str]:
    return {hit["organisation"] for view in found for hit in view.hits}
