"""Pairs that the model is not sure of, side by side, for somebody to judge."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.registers.api import get_register
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.matching import api
from yiwang.registers.matching.contracts import DoubtView
from yiwang.registers.matching.definitions import FIELDS

JUDGE = "registers.matching.judge"
_TITLES = {
    "key": Text("记录号", "Row"),
    "code": Text("代码", "Code"),
    "name": Text("名称", "Name"),
    "person": Text("法定代表人", "Representative"),
    "address": Text("住所", "Address"),
    "phone": Text("电话", "Telephone"),
    "status": Text("状态", "Status"),
}


@needs_officer(JUDGE)
@require_safe
def show(request: HttpRequest, matching: str) -> HttpResponse:
    """The likeliest pairs first."""
    actor = actor_for(request)
    definition = api.get_matching(matching)
    if not api.is_operator(actor, definition, JUDGE):
        raise OperationNotAllowed(operation=JUDGE)
    pairs = api.open_doubts(actor=actor, matching=matching, at=timezone.now())
    context = {
        "matching": definition,
        "pairs": [_pair(pair) for pair in pairs],
        "count": api.count_doubts(matching),
    }
    return render(request, "matching/doubts.html", context)


@needs_officer(JUDGE)
@require_POST
def judge(request: HttpRequest, matching: str, doubt: int) -> HttpResponse:
    """One firm or two."""
    api.judge_pair(
        actor=actor_for(request),
        at=timezone.now(),
        matching=matching,
        doubt=doubt,
        is_same=request.POST.get("verdict") == "same",
    )
    return redirect("matching:doubts", matching=matching)


def _pair(pair: DoubtView) -> dict[str, object]:
    left, right = get_register(pair.left_list), get_register(pair.right_list)
    return {
        "id": pair.id,
        "percent": f"{pair.probability:.0%}",
        "columns": [
            {"key": "title", "label": Text("项目", "Field"), "head": True},
            {"key": "left", "label": left.title},
            {"key": "right", "label": right.title},
        ],
        "rows": [
            {
                "title": title,
                "left": _value(left, name, pair.left.get(name, "")),
                "right": _value(right, name, pair.right.get(name, "")),
            }
            for name, title in _TITLES.items()
        ],
    }


def _value(register: RegisterDefinition, name: str, value: str) -> Text | str:
    field = register.find(FIELDS[name])
    return (field.code_title(value) if field else None) or value
