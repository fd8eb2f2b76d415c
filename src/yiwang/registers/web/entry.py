"""One entry: what a list shows of it; with a reason everything that the officer may see, and its history."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.platform.web.language import say
from yiwang.registers import api
from yiwang.registers.contracts import VersionLine
from yiwang.registers.entry_links import ENTRY_LINKS
from yiwang.registers.web.listing import register_context
from yiwang.registers.web.presenting import ENDS, NEVER, WHEN_OPENED, events_of, summary_rows


@needs_officer("registers.entry.list")
@require_http_methods(["GET", "HEAD", "POST"])
def show_entry(request: HttpRequest, code: str, entry: int) -> HttpResponse:
    """GET shows the entry as a list does; POST with a reason opens it and leaves a trace."""
    actor, at = actor_for(request), timezone.now()
    definition = api.get_register(code)
    context = register_context(request, code, "entries") | {"entry": entry}
    context["links"] = [
        {"title": link.title, "href": reverse(link.url_name, args=[code, entry])}
        for _, link in ENTRY_LINKS
        if link.fits(actor, code)
    ]
    reason = request.POST.get("reason", "").strip()
    if request.method == "POST":
        try:
            lines = api.open_history(actor=actor, at=at, register=code, entry=entry, reason=reason)
        except YiwangError as refused:
            context |= {"error": say(refused.sentence), "reason": reason}
        else:
            context["relations"] = _relations(api.links_of(actor=actor, register=code, entry=entry, at=at))
            context |= _opened(code, entry, lines, masked=api.masked_when_opened(actor, code))
            return render(request, "registers/entry.html", context | {"reason": reason})
    preview = api.preview_entry(actor=actor, register=code, entry=entry, at=at)
    if preview is not None:
        never = api.masked_when_opened(actor, code)
        # a reader of the public part only can't open the entry either
        closed = api.list_reach(actor, code) == "public"
        masked = {name: NEVER if closed or name in never else WHEN_OPENED for name in preview.masked}
        context |= {"rows": summary_rows(definition, preview.values, masked), "is_closed": closed}
    return render(request, "registers/entry_closed.html", context, status=422 if "error" in context else 200)


def _opened(
    code: str, entry: int, lines: Sequence[VersionLine], *, masked: frozenset[str]
) -> dict[str, object]:
    definition = api.get_register(code)
    last = lines[-1]
    names = organisation_names({line.source for line in lines})
    return {
        "rows": summary_rows(definition, last.values, dict.fromkeys(masked, NEVER)),
        "events": events_of(definition, lines, masked, names),
        "last": last,
        "merge": api.merged_into(code, entry) if last.act == "merged" else None,
        "is_retired": last.act in ENDS,
        "source": names.get(last.source, last.source),
    }


def _relations(links: Sequence[api.Link]) -> list[dict[str, object]]:
    """The panel of relations; a closed one says whose it is and where to look it up."""
    names = organisation_names({link.register.owner for link in links})
    return [
        {
            "link": link,
            "owner": names.get(link.register.owner, link.register.owner),
            "entries": [
                {"number": entry, "href": reverse("registers:entry", args=[link.register.code, entry])}
                for entry in link.entries
            ],
            "resources": [reverse("exchange:resource", args=[code]) for code in link.granted],
        }
        for link in links
    ]
