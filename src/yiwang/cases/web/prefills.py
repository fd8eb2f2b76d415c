"""What registers say, beside what the applicant says: looked up once when the case is opened."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yiwang.cases.api import case_for_officer, prefill_case, prefills_of
from yiwang.cases.contracts import ActNotOpen, CaseForOfficer, PrefilledRow, PrefillView
from yiwang.exchange.api import may_ask
from yiwang.exchange.contracts import GrantNotInForce, NoGrant
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import say

log = structlog.get_logger()
PREFILL = "cases.case.prefill"
_NO_GRANT = Text("本单位没有这项查询授权。", "Your organisation holds no grant for this.")
_ENDED = Text(
    "本单位的查询授权今天无效（未开始、已到期或已撤销）。",
    "Your organisation's grant is not in force today (not begun, ended or revoked).",
)
_NO_KEY = Text("申请中没有可供查询的号码。", "The application has no number to look up.")
_NO_ANSWER = Text(
    "共享交换暂时没有应答，请稍后重新调取；不影响办理。",
    "The exchange does not answer just now. Look again later; you can go on meanwhile.",
)
_NOT_GRANTED = Text("授权不含此项", "not in the grant")
_NOTHING = Text("—", "—")
_DIFFERS = Text("与申请不一致", "Differs")
_AGREES = Text("一致", "Agrees")
PREFILL_COLUMNS = (
    {"key": "field", "label": Text("字段", "Field"), "head": True},
    {"key": "said", "label": Text("申请人填写", "The applicant says")},
    {"key": "registered", "label": Text("登记信息", "The register says")},
    {"key": "state", "label": Text("核对", "Compared")},
)
_RENEWED = Text("已重新调取。", "Looked up again.")


def fill_in(request: HttpRequest, case: CaseForOfficer) -> dict[str, Text]:
    """Look up what was not looked up yet, where this officer may; gives the reasons of refusals by resource.

    Whatever the exchange says, the case can be worked on.
    """
    if request.method != "GET" or PREFILL not in case.may:
        return {}
    actor, at = actor_for(request), timezone.now()
    due = [view for view in prefills_of(actor=actor, at=at, case_id=case.case.id) if view.is_due]
    asked = {view.resource: _look(actor, case.case.id, view.resource) for view in due}
    return {resource: reason for resource, reason in asked.items() if reason is not None}


def _look(actor: Actor, case_id: int, resource: str, *, again: bool = False) -> Text | None:
    """Look; gives the reason where nothing came of it."""
    try:
        prefill_case(actor=actor, at=timezone.now(), case_id=case_id, resource=resource, again=again)
    except YiwangError as refused:
        return refused.sentence
    except (DatabaseError, OSError) as failed:
        log.warning("cases.prefill_failed", resource=resource, reason=type(failed).__name__)
        return _NO_ANSWER
    return None


@needs_officer(PREFILL)
@require_POST
def look_again(request: HttpRequest, number: str, resource: str) -> HttpResponse:
    """Look anew, with a new line in the trace."""
    actor = actor_for(request)
    case = case_for_officer(actor=actor, number=number, at=timezone.now())
    if PREFILL not in case.may:
        raise ActNotOpen(number=number)
    reason = _look(actor, case.case.id, resource, again=True)
    if reason is None:
        messages.success(request, say(_RENEWED))
    else:
        messages.error(request, say(reason))
    return redirect("desk:case", number=number)


def panels(case: CaseForOfficer, actor: Actor, refused: Mapping[str, Text]) -> list[dict[str, object]]:
    """The panels of a case, one a resource."""
    views = prefills_of(actor=actor, at=timezone.now(), case_id=case.case.id)
    names = organisation_names({view.owner for view in views})
    return [
        {
            "view": view,
            "owner": names.get(view.owner, view.owner),
            "rows": [_row(row, view) for row in view.rows],
            "reason": refused.get(view.resource) or _reason(view),
            "may_ask_for_access": view.is_askable and may_ask(actor),
            "may_look": PREFILL in case.may and view.has_key and view.obstacle is None,
        }
        for view in views
    ]


def _reason(view: PrefillView) -> Text | None:
    if not view.has_key:
        return _NO_KEY
    if view.obstacle is None:
        return None
    if isinstance(view.obstacle, NoGrant):
        return _NO_GRANT
    return _ENDED if isinstance(view.obstacle, GrantNotInForce) else view.obstacle.sentence


def _row(row: PrefilledRow, view: PrefillView) -> dict[str, object]:
    """A row as a table takes it: field, what the applicant says, what the register says, how they stand."""
    registered = row.registered if view.found and row.registered.zh else _NOTHING
    state: dict[str, object] | Text = _NOTHING
    if not row.is_open and (view.looked_at is not None or view.obstacle is None):
        registered = _NOT_GRANTED
    elif row.differs:
        state = {"text": _DIFFERS, "tone": "warning"}
    elif view.found and row.said.zh and row.registered.zh:
        state = {"text": _AGREES, "tone": "success"}
    return {
        "field": row.title,
        "said": row.said if row.said.zh else _NOTHING,
        "registered": registered,
        "state": state,
    }
