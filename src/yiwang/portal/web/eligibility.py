"""Whether one can apply, before one does: a few questions, an answer with its reason, no sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import form_of, one_page, routing_decision, try_decision
from yiwang.cases.contracts import AppliedType
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.portal.contracts import NoEligibilityCheck
from yiwang.portal.queries.catalogue import public_item
from yiwang.portal.rules.subjects import NECESSITY, limit_text
from yiwang.portal.web.guide import fee_words, ways_in
from yiwang.portal.web.one_page import ask, read

_CANNOT = Text("现在还不能申请", "You cannot apply yet")
_CAN = Text("可以申请", "You can apply")
_UNCLEAR = Text("这种情形请先咨询", "Please ask first")
_UNCLEAR_REASON = Text(
    "自测的规则没有覆盖您的情形，请拨打12345或到窗口咨询。",
    "The rules of this check do not cover your situation. Call 12345 or ask at a counter.",
)


@require_safe
def eligibility(request: HttpRequest, code: str) -> HttpResponse:
    """Ask on one page; the answers stand in the address, hold nothing personal and are not kept."""
    item = public_item(code)
    form = form_of(item, "eligibility")
    declared = item.definition.eligibility
    if form is None or declared is None:
        raise NoEligibilityCheck
    whole = one_page(form)
    tried = read(whole, request.GET) if "checked" in request.GET else ask(whole)
    context: dict[str, object] = {"item": item, "tried": tried, **ways_in(item)}
    if tried.is_done:
        answer = try_decision(item, declared.decision, tried.answers, at=timezone.now()).answer
        context |= _verdict(answer) | _what_for(item)
    status = 422 if tried.errors else 200
    return render(request, "portal/eligibility.html", context, status=status)


def _verdict(answer: Json) -> dict[str, object]:
    said = answer if isinstance(answer, dict) else {}
    eligible = said.get("eligible")
    if not isinstance(eligible, bool):
        return {"verdict": {"title": _UNCLEAR, "reason": _UNCLEAR_REASON, "tone": "warning", "can": False}}
    reason = Text(str(said.get("reason_zh") or ""), str(said.get("reason_en") or ""))
    title, tone = (_CAN, "success") if eligible else (_CANNOT, "danger")
    return {"verdict": {"title": title, "reason": reason, "tone": tone, "can": eligible}}


def _what_for(item: AppliedType) -> dict[str, object]:
    definition = item.definition
    return {
        "papers": [
            {"material": material, "necessity": NECESSITY[material.necessity]}
            for material in definition.materials
        ],
        "promised": limit_text(definition.promised_limit.amount, definition.promised_limit.unit),
        "fee": fee_words(definition.fee),
        "routed": bool(routing_decision(item)),
    }
