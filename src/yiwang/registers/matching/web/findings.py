"""A department's differences of one kind: worked on a page, or taken home as a workbook."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.web.language import say
from yiwang.registers.api import get_register
from yiwang.registers.matching import api
from yiwang.registers.matching.contracts import (
    KIND_TEXTS,
    OUTCOME_TEXTS,
    STATE_TEXTS,
    FindingView,
    Outcome,
    State,
)
from yiwang.registers.matching.rules.differences import Kind
from yiwang.registers.matching.web.workbook import workbook_of

SETTLE = "registers.matching.settle"
_KINDS = {kind.value: kind for kind in Kind}
_STATES = {state.value: state for state in State}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_PER_PAGE = 50
_TONES = {State.OPEN: "warning", State.SETTLED: "info", State.REPAIRED: "success"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _kind(actor: Actor, organisation: str, kind: str) -> Kind:
    if kind not in _KINDS:
        raise Http404
    if not api.may_settle(actor, organisation):
        raise OperationNotAllowed(operation=SETTLE)
    return _KINDS[kind]


@needs_officer(SETTLE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, matching: str, organisation: str, kind: str) -> HttpResponse:
    """The differences, fifty a page; POST answers those that are ticked."""
    actor, at = actor_for(request), timezone.now()
    wanted = _kind(actor, organisation, kind)
    error = ""
    if request.method == "POST":
        try:
            _settle(request, actor, at, matching, organisation)
        except YiwangError as refused:
            error = say(refused.sentence)
        else:
            return redirect(request.get_full_path())
    after, state = request.GET.get("after", ""), request.GET.get("state", State.OPEN.value)
    rows = api.open_findings(
        actor=actor,
        matching=matching,
        organisation=organisation,
        kind=wanted,
        at=at,
        state=_STATES.get(state),
        after=int(after) if after.isascii() and after.isdigit() else 0,
        most=_PER_PAGE,
    )
    names = organisation_names({organisation})
    context = {
        "matching": api.get_matching(matching),
        "organisation": organisation,
        "organisation_name": names.get(organisation, organisation),
        "kind": wanted.value,
        "title": KIND_TEXTS[wanted],
        "rows": [_row(row, at) for row in rows],
        "tabs": _tabs(matching, organisation, kind, state),
        "next": f"?state={state}&after={rows[-1].id}" if len(rows) == _PER_PAGE and state in _STATES else "",
        "may_settle": any(row.state is State.OPEN for row in rows),
        "outcomes": [(outcome.value, words) for outcome, words in OUTCOME_TEXTS.items()],
        "error": error,
    }
    return render(request, "matching/findings.html", context, status=422 if error else 200)


def _settle(request: HttpRequest, actor: Actor, at: datetime, matching: str, organisation: str) -> None:
    sent = request.POST
    outcome = sent.get("outcome", "")
    yuan: Decimal | None = None
    try:
        yuan = Decimal(sent["yuan"].replace(",", "")) if sent.get("yuan", "").strip() else None
    except InvalidOperation:
        yuan = Decimal(-1)
    api.settle_findings(
        actor=actor,
        at=at,
        matching=matching,
        organisation=organisation,
        findings=[int(number) for number in sent.getlist("finding") if number.isascii() and number.isdigit()],
        outcome=_OUTCOMES.get(outcome, Outcome.TRUE),
        remark=sent.get("note", "").strip(),
        yuan=yuan,
    )


def _tabs(matching: str, organisation: str, kind: str, state: str) -> list[dict[str, object]]:
    here = reverse("matching:findings", args=[matching, organisation, kind])
    return [
        {"text": words, "href": f"{here}?state={each.value}", "current": each.value == state}
        for each, words in STATE_TEXTS.items()
    ]


def _row(row: FindingView, at: datetime) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name or row.other_name,
        "key": row.key,
        "other_name": row.other_name,
        "other_list": get_register(row.other_list).title if row.other_list else "",
        "other_key": row.other_key,
        "other_status": _status(row.other_list, row.other_status),
        "state": STATE_TEXTS[row.state],
        "tone": _TONES[row.state],
        "is_open": row.state is State.OPEN,
        "is_late": row.state is State.OPEN and row.due_at < at,
        "outcome": OUTCOME_TEXTS[row.outcome] if row.outcome else "",
        "note": row.note,
        "yuan": row.yuan,
        "due": row.due_at,
        "reopened": row.reopened,
    }


def _status(register: str, code: str) -> Text | str:
    if not code or not register:
        return ""
    field = get_register(register).find("status")
    return (field.code_title(code) if field else None) or code


@needs_officer(SETTLE)
@require_safe
def workbook(request: HttpRequest, matching: str, organisation: str, kind: str) -> HttpResponse:
    """All of a kind, as a workbook."""
    actor, at = actor_for(request), timezone.now()
    wanted = _kind(actor, organisation, kind)
    rows = api.open_all_findings(
        actor=actor, matching=matching, organisation=organisation, kind=wanted, at=at
    )
    response = HttpResponse(workbook_of(rows), content_type=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{matching}-{organisation}-{kind}.xlsx"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
