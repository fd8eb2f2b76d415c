"""A matching: its last runs, and what lists disagree on by department and kind."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.registers.matching import api
from yiwang.registers.matching.contracts import KIND_TEXTS, STAGE_TEXTS, RunView, Tally

SEE, ASK, JUDGE = "registers.matching.see", "registers.matching.ask", "registers.matching.judge"
_RUN_STATES = {
    "waiting": (Text("等待", "Waiting"), "neutral"),
    "running": (Text("进行中", "Running"), "progress"),
    "done": (Text("完成", "Done"), "success"),
    "failed": (Text("未完成", "Not done"), "danger"),
}
_COLUMNS = [
    {"key": "organisation", "label": Text("部门", "Department"), "head": True},
    {"key": "kind", "label": Text("差异", "Difference")},
    {"key": "open", "label": Text("待办", "Open"), "numeric": True},
    {"key": "late", "label": Text("超期", "Late"), "numeric": True},
    {"key": "settled", "label": Text("已答复", "Answered"), "numeric": True},
    {"key": "repaired", "label": Text("已一致", "Agree again"), "numeric": True},
    {"key": "yuan", "label": Text("追回（元）", "Recovered (yuan)"), "numeric": True},
]


@needs_officer(SEE)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Where lists are matched; to the only one without a stop."""
    found = api.list_matchings()
    if len(found) == 1:
        return redirect("matching:matching", matching=found[0].code)
    return render(request, "matching/all.html", {"matchings": found})


@needs_officer(SEE)
@require_safe
def show_matching(request: HttpRequest, matching: str) -> HttpResponse:
    """The picture: figures, runs, and a row for each department and kind."""
    actor = actor_for(request)
    definition = api.get_matching(matching)
    tallies = api.tallies(actor=actor, matching=matching, at=timezone.now())
    names = organisation_names({tally.organisation for tally in tallies} | {definition.operator})
    runs = api.list_runs(matching)
    going_on = next((run for run in runs if run.state in ("waiting", "running")), None)
    judges = api.is_operator(actor, definition, JUDGE)
    context = {
        "matching": definition,
        "operator": names.get(definition.operator, definition.operator),
        "stats": _stats(tallies),
        "columns": _COLUMNS,
        "rows": [
            _row(matching, tally, names, linked=api.may_settle(actor, tally.organisation))
            for tally in tallies
        ],
        "runs": [_run(run) for run in runs],
        "may_run": api.is_operator(actor, definition, ASK) and going_on is None,
        "going_on": going_on,
        "stage": STAGE_TEXTS.get(going_on.stage) if going_on else None,
        "stages": list(STAGE_TEXTS).index(going_on.stage) if going_on else 0,
        "stages_of_all": len(STAGE_TEXTS) - 1,
        "may_judge": judges,
        "doubts": api.count_doubts(matching) if judges else 0,
    }
    return render(request, "matching/matching.html", context)


@needs_officer(ASK)
@require_POST
def ask(request: HttpRequest, matching: str) -> HttpResponse:
    """Have the lists matched now."""
    api.ask_run(actor=actor_for(request), at=timezone.now(), matching=matching)
    return redirect("matching:matching", matching=matching)


def _stats(tallies: Sequence[Tally]) -> list[dict[str, object]]:
    late = sum(tally.late for tally in tallies)
    yuan = sum((tally.yuan for tally in tallies), Decimal(0))
    return [
        {"label": Text("待办差异", "Open differences"), "value": f"{sum(t.open for t in tallies):,}"},
        {"label": Text("其中超期", "Of these late"), "value": f"{late:,}", "tone": "danger" if late else ""},
        {"label": Text("已答复", "Answered"), "value": f"{sum(t.settled for t in tallies):,}"},
        {"label": Text("比对已一致", "Lists agree again"), "value": f"{sum(t.repaired for t in tallies):,}"},
        {
            "label": Text("申报追回", "Declared as recovered"),
            "value": f"{yuan:,.2f}",
            "unit": Text("元", "yuan"),
        },
    ]


def _row(matching: str, tally: Tally, names: dict[str, Text], *, linked: bool) -> dict[str, object]:
    href = reverse("matching:findings", args=[matching, tally.organisation, tally.kind.value])
    title = KIND_TEXTS[tally.kind]
    return {
        "organisation": names.get(tally.organisation, tally.organisation),
        "kind": {"text": title, "href": href} if linked else title,
        "open": f"{tally.open:,}",
        "late": f"{tally.late:,}",
        "settled": f"{tally.settled:,}",
        "repaired": f"{tally.repaired:,}",
        "yuan": f"{tally.yuan:,.2f}" if tally.yuan else "0",
    }


def _run(run: RunView) -> dict[str, object]:
    words, tone = _RUN_STATES[run.state]
    found = run.report.get("differences")
    reason = run.report.get("reason")
    return {
        "id": run.id,
        "at": run.asked_at,
        "state": words,
        "tone": tone,
        "rows": run.report.get("rows", 0),
        "found": found if isinstance(found, dict) else None,
        "reason": Text(str(reason["zh"]), str(reason["en"])) if isinstance(reason, dict) else None,
    }
