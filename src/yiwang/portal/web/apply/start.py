"""Begin an application: what it takes, for whom, and drafts that wait."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import form_of, my_drafts, save_draft
from yiwang.cases.contracts import AppliedType, NotOnline
from yiwang.identity.api import (
    actor_as,
    actor_for,
    choose_standing,
    current_standing,
    needs_sign_in,
    standings_of,
)
from yiwang.identity.contracts import Standing, StandingEnded
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.portal.queries.catalogue import public_item
from yiwang.portal.queries.prefill import prefilled
from yiwang.portal.rules.subjects import NECESSITY, limit_text
from yiwang.portal.web.asking import posted
from yiwang.portal.web.guide import fee_words, ways_in

_CHOOSE = Text("请选择为谁申请", "Choose for whom you apply")


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The start page; sending it begins a draft, filled in from the registers as far as they know."""
    item = public_item(code)
    form = form_of(item)
    if form is None or "online" not in item.definition.channels:
        raise NotOnline(type_code=code)
    choices = _fitting(item, standings_of(request))
    keys = {choice.key for choice in choices}
    if request.method == "POST":
        chosen = posted(request, "for") or (choices[0].key if len(choices) == 1 else "")
        if chosen in keys:
            actor, at = actor_as(request, chosen), timezone.now()
            choose_standing(request, chosen)
            begun = save_draft(
                actor=actor, at=at, type_code=code, answers=prefilled(form, actor=actor, at=at)
            )
            return redirect("portal:application", draft_id=begun.id)
        if chosen:
            raise StandingEnded
    context = _context(request, item, choices)
    return render(
        request, "portal/apply/start.html", context, status=422 if request.method == "POST" else 200
    )


def _fitting(item: AppliedType, standings: tuple[Standing, ...]) -> list[Standing]:
    """The capacities in which this item may be applied for; an officer's post is none."""
    kinds = {"self": "person", "entity": "legal_entity"}
    applicants = item.definition.applicants
    return [one for one in standings if kinds.get(one.key.partition(":")[0]) in applicants]


def _context(request: HttpRequest, item: AppliedType, choices: list[Standing]) -> dict[str, object]:
    definition = item.definition
    account = actor_for(request)
    names = {choice.key: choice.title for choice in choices}
    waiting = [
        found
        for found in my_drafts(actor=account)
        if found.type_code == item.code and (not found.entity_id or f"entity:{found.entity_id}" in names)
    ]
    errors = [_CHOOSE] if request.method == "POST" else []
    chosen = current_standing(request)
    choice = Control(
        kind="choice",
        name="for",
        label=Text("为谁申请？", "For whom do you apply?"),
        options=[Option(value=one.key, label=one.title) for one in choices],
        value=chosen if chosen in names else None,
        errors=errors,
    )
    return {
        "item": item,
        "choice": choice if len(choices) > 1 else None,
        "only": choices[0].title if len(choices) == 1 else None,
        "drafts": [
            {"draft": one, "name": names.get(f"entity:{one.entity_id}" if one.entity_id else "self", "")}
            for one in waiting
        ],
        "needs_firm": "person" not in definition.applicants,
        "needs_person": "legal_entity" not in definition.applicants,
        "materials": [
            {"material": material, "necessity": NECESSITY[material.necessity]}
            for material in definition.materials
        ],
        "promised": limit_text(definition.promised_limit.amount, definition.promised_limit.unit),
        "fee": fee_words(definition.fee),
        "errors": [{"text": text, "href": f"#{choice.anchor}"} for text in errors],
        **ways_in(item),
    }
