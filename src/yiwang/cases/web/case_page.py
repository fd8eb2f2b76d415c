"""A case as the officer sees it: the matter, the process, the log, the clock explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import (
    case_for_officer,
    case_id_of,
    case_type,
    clock_explanation,
    dig_of_case,
    findings_of,
    log_of,
    matter_of,
    picks_of_case,
)
from yiwang.cases.case_links import CASE_LINKS
from yiwang.cases.contracts import PHASE_TEXTS, CaseForOfficer, TaskState
from yiwang.cases.rules.forms.summary import SummaryPage
from yiwang.cases.web.acts.page import offered
from yiwang.cases.web.change_panel import change_panel
from yiwang.cases.web.prefills import PREFILL_COLUMNS, fill_in, panels
from yiwang.cases.web.presenting import (
    PHASE_TONES,
    clock_badge,
    light_tag,
    outcome_text,
    outcome_tone,
    time_text,
    timeline_of,
)
from yiwang.cases.web.task_form import task_forms
from yiwang.identity.api import actor_for, division_names, needs_officer, organisation_names
from yiwang.kernel.text import Text


def case_of(request: HttpRequest, number: str) -> CaseForOfficer:
    """The case behind a number, as this officer may see it now.

    Raises:
        CaseNotFound: there is none, or it is not for this officer.
    """
    return case_for_officer(actor=actor_for(request), case_id=case_id_of(number), at=timezone.now())


def page_context(request: HttpRequest, case: CaseForOfficer, tab: str) -> dict[str, object]:
    """What the head of every page of a case shows."""
    units = {case.case.organisation, *(task.organisation for task in case.tasks)}
    units |= {opinion.organisation for opinion in case.opinions}
    units |= {child.organisation for child in case.children}
    units |= {notice.organisation for notice in case.notices} | {card.organisation for card in case.cards}
    names = organisation_names(units)
    return {
        "shown": case,
        "case": case.case,
        "names": names,
        "organisation": names.get(case.case.organisation, case.case.organisation),
        "phase": PHASE_TEXTS[case.case.phase],
        "phase_tone": PHASE_TONES[case.case.phase],
        "light": light_tag(case.case.light),
        "clocks": [{"view": clock, "badge": clock_badge(clock)} for clock in case.clocks],
        "acts": offered(case),
        "links": [link for _, link in CASE_LINKS if link.type_code == case.case.type_code],
        "tab": tab,
    }


@needs_officer("cases.case.read")
@require_safe
def show_case(request: HttpRequest, number: str) -> HttpResponse:
    """The matter: answers, papers, opinions, messages, and what this officer can do now."""
    case = case_of(request, number)
    refused = fill_in(request, case)
    return render(request, "cases/case.html", case_context(request, case, refused))


def case_context(
    request: HttpRequest, case: CaseForOfficer, refused: Mapping[str, Text] = MappingProxyType({})
) -> dict[str, object]:
    """The whole context of the matter page; forms with errors are put over it by their own views.

    ``refused`` says why a look at a resource was refused just now.
    """
    context = page_context(request, case, "matter")
    names = context["names"]
    assert isinstance(names, dict)  # noqa: S101 - made in page_context
    code = case.case.division_code  # a division that was merged away keeps its code on old cases
    context |= {
        "division": division_names().get(code, Text(code, code)) if code else "",
        "answers": _matter(case),
        "findings": _shown(findings_of(case, today=timezone.localdate())),
        "change": change_panel(case.data, actor_for(request)),
        "task_forms": task_forms(case, actor_for(request)),
        "dig": dig_of_case(case, actor_for(request)),
        "picks": picks_of_case(case, at=timezone.now()),
        "prefills": panels(case, actor_for(request), refused),
        "prefill_columns": PREFILL_COLUMNS,
        "opinions": [
            {
                "opinion": opinion,
                "organisation": names.get(opinion.organisation, opinion.organisation),
                "verdict": outcome_text(opinion.verdict),
                "tone": outcome_tone(opinion.verdict),
            }
            for opinion in case.opinions
        ],
        "written": _written(case, names),
        "open_tasks": [
            {"task": task, "organisation": names.get(task.organisation, task.organisation)}
            for task in case.tasks
            if task.state in {TaskState.OPEN, TaskState.CLAIMED}
        ],
        "children": [
            {
                "row": child,
                "organisation": names.get(child.organisation, child.organisation),
                "phase": PHASE_TEXTS[child.phase],
                "tone": PHASE_TONES[child.phase],
                "light": light_tag(child.light),
                "outcome": outcome_text(child.outcome) if child.outcome else None,
            }
            for child in case.children
        ],
        "decision_outcome": case.decision.result or outcome_text(case.decision.outcome)
        if case.decision
        else None,
        "decision_tone": outcome_tone(case.decision.outcome) if case.decision else "",
        "notices": [
            {"notice": notice, "organisation": names.get(notice.organisation, notice.organisation)}
            for notice in case.notices
        ],
    }
    return context


@needs_officer("cases.case.read")
@require_safe
def show_process(request: HttpRequest, number: str) -> HttpResponse:
    """The diagram with the present position; a list of steps says the same without script."""
    case = case_of(request, number)
    context = page_context(request, case, "process")
    context["steps"] = _steps(case)
    return render(request, "cases/process.html", context)


@needs_officer("cases.case.read")
@require_safe
def show_log(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened, with the leaf of the ledger that holds each line."""
    actor = actor_for(request)
    case = case_of(request, number)
    events = log_of(actor=actor, case_id=case.case.id)
    context = page_context(request, case, "log")
    names = organisation_names({event.organisation for event in events if event.organisation})
    departments = organisation_names({child.organisation for child in case.children})
    parts = {child.number: departments[child.organisation] for child in case.children}
    context["events"] = timeline_of(events, names, parts)
    return render(request, "cases/log.html", context)


@needs_officer("cases.case.read")
@require_safe
def show_clock(request: HttpRequest, number: str, clock_id: int) -> HttpResponse:
    """A clock day by day: which were counted, which were not, and why."""
    actor = actor_for(request)
    case = case_of(request, number)
    context = page_context(request, case, "clock")
    explained = clock_explanation(actor=actor, clock_id=clock_id, at=timezone.now())
    context["explained"] = explained
    clock = explained.clock
    context |= {
        "amount": time_text(clock.amount, clock.unit),
        "consumed": time_text(clock.consumed, clock.unit),
        "remaining": time_text(clock.remaining, clock.unit),
        "extended_by": time_text(clock.extended_by, clock.unit),
    }
    context["title"] = Text("时限怎么算", "How the time is counted")
    return render(request, "cases/clock.html", context)


def _written(case: CaseForOfficer, names: Mapping[str, Text]) -> list[dict[str, object]]:
    """What was noted on the way to a reply, for who reviews it, and why it came back."""
    if not any(task.replies for task in case.tasks):
        return []
    return [
        {"task": task, "organisation": names.get(task.organisation, task.organisation)}
        for task in case.tasks
        if task.note and task.ended_at is not None
    ]


def _matter(case: CaseForOfficer) -> list[dict[str, object]]:
    return _shown(matter_of(case, today=timezone.localdate()))


def _shown(pages: Iterable[SummaryPage]) -> list[dict[str, object]]:
    return [
        {"title": page.title, "rows": [{"key": row.label, "value": list(row.shown)} for row in page.rows]}
        for page in pages
    ]


def _steps(case: CaseForOfficer) -> list[dict[str, object]]:
    process = case_type(case.case.type_code).process
    nodes = process.nodes if process is not None else ()
    return [
        {
            "name": node.name,
            "state": "present" if node.id in case.present else "passed" if node.id in case.passed else "",
        }
        for node in nodes
        if node.role is not None or node.many is not None
    ]
