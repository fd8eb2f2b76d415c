"""Imagery of one's organisation: its editions, what became of each; take one back, put it back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.identity.api import account_names, actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.rasters import api
from yiwang.maps.rasters.arriving import api as arriving
from yiwang.maps.rasters.web.words import ACTS, AUDIENCES, BY_SYSTEM, FORMS, STATES, UNDER_WAY
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell

_TAKEN = Text("已撤回，地图不再显示。", "Taken back; maps show it no more.")
_PUT = Text("已恢复，地图重新显示。", "Put back; maps show it again.")


@needs_officer(api.OPERATION)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Each kind of imagery with its editions, and the files that were sent lately."""
    actor = actor_for(request)
    kept, uploads = api.list_owned(actor), arriving.list_uploads(actor=actor)
    names = account_names(
        [
            *(one.account_id for each in kept for one in each.editions if one.account_id is not None),
            *(one.account_id for one in uploads),
        ]
    )
    titles = {each.raster.code: each.raster.title for each in kept}
    context = {
        "kept": [
            {
                "raster": each.raster,
                "form": FORMS[each.raster.kind],
                "audience": AUDIENCES[each.raster.audience.kind],
                "editions": [_listed(one, names) for one in each.editions],
            }
            for each in kept
        ],
        "uploads": [
            {
                "upload": one,
                "title": titles.get(one.raster, Text(one.raster, one.raster)),
                "by": names.get(one.account_id, "—"),
                "state": STATES[one.state][0],
                "tone": STATES[one.state][1],
                "runs": one.state in UNDER_WAY,
            }
            for one in uploads
        ],
    }
    return render(request, "maps/rasters/all.html", context)


@needs_officer(api.OPERATION)
@require_safe
def show_edition(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """One edition: what it is, how it looks, where it is on the map, and what became of it."""
    return _page(request, code, edition, None)


@needs_officer(api.TAKE_BACK)
@require_POST
def take_back(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """Nobody is shown it any more; its file stays."""
    return _done(request, code, edition, api.take_back_edition, _TAKEN)


@needs_officer(api.TAKE_BACK)
@require_POST
def put_back(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """Those for whom it is are shown it again."""
    return _done(request, code, edition, api.put_back_edition, _PUT)


def _done(
    request: HttpRequest, code: str, edition: str, act: Callable[..., None], words: Text
) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        act(actor=actor_for(request), at=timezone.now(), raster=code, edition=edition, reason=reason)
    except api.ReasonMissing as refused:
        return _page(request, code, edition, refused.sentence)
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(words))
    return redirect("rasters:edition", code, edition)


def _page(request: HttpRequest, code: str, edition: str, fault: Text | None) -> HttpResponse:
    actor = actor_for(request)
    found, changes = api.read_kept(actor, code, edition), api.list_changes(actor, code, edition)
    names = account_names([each.account_id for each in changes if each.account_id is not None])
    context = {
        "raster": found.edition.raster,
        "form": FORMS[found.edition.raster.kind],
        "audience": AUDIENCES[found.edition.raster.audience.kind],
        **_listed(found, names),
        "map_at": f"{reverse('maps:map')}?tool=imagery&at={found.edition.at}",
        "changes": [{"change": each, "act": ACTS[each.act], "by": _name(each, names)} for each in changes],
        "controls": [
            Control(
                kind="long_text",
                name="reason",
                label=Text("原因", "Reason"),
                hint=Text(
                    "记入该影像的历史，本单位人员可见",
                    "Kept in its history, for officers of your organisation",
                ),
                value=request.POST.get("reason", ""),
                errors=(fault,) if fault else (),
            )
        ],
    }
    return render(request, "maps/rasters/edition.html", context, status=422 if fault else 200)


def _listed(found: api.KeptEdition, names: dict[int, str]) -> dict[str, object]:
    metres = found.metres
    return {
        "kept": found,
        "edition": found.edition,
        "by": _name(found, names),
        "metres": f"{metres:.2f}" if metres < 10 else f"{metres:.0f}",
    }


def _name(found: api.KeptEdition | api.EditionChange, names: dict[int, str]) -> str:
    return say(BY_SYSTEM) if found.account_id is None else names.get(found.account_id, "—")
