"""The queue of likely duplicates, two entries side by side, and merges that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import NotAllowed, NotFound, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, Json
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.registers import api
from yiwang.registers.contracts import ChangedSinceMerge, PairState, Seen
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.web.listing import register_context
from yiwang.registers.web.presenting import NEVER, WHEN_OPENED, shown_value

REVIEW = "registers.duplicate.review"
_PER_PAGE = 30
_DISMISSED = Text("已记为不是重复，今后不再提示。", "Noted; it is not asked about again.")
_UNDONE = Text("合并已撤销，两项都恢复原样。", "Undone; both stand as they were.")
_STANDS: dict[str, Literal["before", "present"]] = {"before": "before", "present": "present"}
_SIDES = ("low", "high")


@needs_officer(REVIEW)
@require_safe
def show_queue(request: HttpRequest, code: str) -> HttpResponse:
    """Pairs that wait, the likeliest first, masked as lists are."""
    actor = actor_for(request)
    definition = api.get_register(code)
    given = request.GET.get("after", "")
    after = int(given) if given.isascii() and given.isdigit() else 0
    pairs = api.list_pairs(actor=actor, register=code, after=after, limit=_PER_PAGE)
    titles = {declared.key: declared.title for declared in definition.duplicates}
    rows = [
        {
            "pair": pair,
            "percent": round(pair.score * 100),
            "low": _named(definition, pair.low),
            "high": _named(definition, pair.high),
            "why": titles.get(pair.found_by, pair.found_by),
        }
        for pair in pairs
    ]
    context = register_context(request, code, "duplicates") | {
        "rows": rows,
        "count": api.count_pairs(actor=actor, register=code),
        "left_out": api.left_out(actor=actor, register=code),
        "next": after + _PER_PAGE if len(pairs) == _PER_PAGE else 0,
    }
    return render(request, "registers/duplicates.html", context)


def _named(definition: RegisterDefinition, entry: int) -> object:
    values = api.masked_values(definition, entry)
    return "" if values is None else shown_value(definition.key_field, values[definition.key])


@needs_officer(REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def show_pair(request: HttpRequest, code: str, pair: int) -> HttpResponse:
    """GET shows both as a list does; sent, it opens them, merges them or keeps them apart."""
    actor, at = actor_for(request), timezone.now()
    found = api.get_pair(actor=actor, register=code, pair=pair)
    definition = api.get_register(code)
    context = register_context(request, code, "duplicates") | {"pair": found}
    act = request.POST.get("act", "") if request.method == "POST" else ""
    try:
        if act == "dismiss":
            api.dismiss_pair(actor=actor, at=at, register=code, pair=pair)
            messages.success(request, say(_DISMISSED))
            return redirect("registers:duplicates", code=code)
        if act == "merge":
            return _merged(request, actor, code, pair)
        if act == "open":
            compared = api.compare_entries(actor=actor, at=at, register=code, pair=pair)
            hidden = {name: NEVER for name, seen in compared.view.items() if seen is not Seen.CLEAR}
            context |= {"opened": True, "low": compared.low, "high": compared.high}
            values = (compared.low.values, compared.high.values)
            context["rows"] = _side_by_side(definition, values, hidden, found.agreement)
            return render(request, "registers/pair.html", context)
    except (NotAllowed, NotFound):
        raise
    except YiwangError as refused:
        tell(request, refused)
        context["refused"] = True
    masked = [api.masked_values(definition, entry) or {} for entry in (found.low, found.high)]
    waiting = dict.fromkeys(definition.names, WHEN_OPENED)
    context["rows"] = _side_by_side(definition, (masked[0], masked[1]), waiting, found.agreement)
    context["is_open"] = found.state is PairState.OPEN and all(masked)
    return render(request, "registers/pair.html", context, status=409 if "refused" in context else 200)


def _merged(request: HttpRequest, actor: Actor, code: str, pair: int) -> HttpResponse:
    found = api.get_pair(actor=actor, register=code, pair=pair)
    survivor = found.high if request.POST.get("survivor") == "high" else found.low
    side = "high" if survivor == found.high else "low"
    take = {
        name
        for name in api.get_register(code).names
        if request.POST.get(f"take-{name}", side) in _SIDES and request.POST.get(f"take-{name}", side) != side
    }
    merge = api.merge_entries(
        actor=actor,
        at=timezone.now(),
        register=code,
        pair=pair,
        survivor=survivor,
        versions=(_number(request, "low"), _number(request, "high")),
        take=take,
    )
    messages.success(request, say(Text("已合并，可以撤销。", "Merged; it can be undone.")))
    return redirect("registers:merge", code=code, merge=merge.id)


def _number(request: HttpRequest, side: str) -> int:
    given = request.POST.get(f"version-{side}", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _side_by_side(
    definition: RegisterDefinition,
    values: tuple[Mapping[str, Json], Mapping[str, Json]],
    hidden: Mapping[str, Text],
    agreement: Mapping[str, object],
) -> list[dict[str, object]]:
    rows = []
    for field in definition.fields:
        low, high = (each.get(field.name) for each in values)
        masked = hidden.get(field.name)
        rows.append(
            {
                "name": field.name,
                "title": field.title,
                "low": shown_value(field, low, masked=masked),
                "high": shown_value(field, high, masked=masked),
                "differs": low != high,
                "compared": field.name in agreement,
                "may_take": low != high and masked is None and field.name != definition.key,
            }
        )
    return rows


@needs_officer("registers.duplicate.merge")
@require_http_methods(["GET", "HEAD", "POST"])
def show_merge(request: HttpRequest, code: str, merge: int) -> HttpResponse:
    """What a merge did; sent, it is undone, with a choice for each field that was written again since."""
    actor = actor_for(request)
    definition = api.get_register(code)
    done = api.get_merge(actor=actor, register=code, merge=merge)
    context = register_context(request, code, "duplicates")
    status = 200
    if request.method == "POST":
        choices: dict[str, Literal["before", "present"]] = {}
        for name in done.fields:
            given = _STANDS.get(request.POST.get(f"stand-{name}", ""))
            if given is not None:
                choices[name] = given
        try:
            api.undo_merge(actor=actor, at=timezone.now(), register=code, merge=merge, choices=choices)
        except ChangedSinceMerge as refused:
            tell(request, refused)
            context["undecided"] = [definition.get(name) for name in refused.fields]
            status = 409
        except (NotAllowed, NotFound):
            raise
        except YiwangError as refused:
            tell(request, refused)
            status = 409
        else:
            messages.success(request, say(_UNDONE))
            return redirect("registers:duplicates", code=code)
    context |= {"merge": done, "taken": [definition.get(name).title for name in done.fields]}
    return render(request, "registers/merge.html", context, status=status)
