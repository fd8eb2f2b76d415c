"""A case as an officer sees it, with the acts that are open to this officer now."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.lists import CaseRow
from yiwang.cases.contracts.views import (
    CaseForOfficer,
    LetterView,
    LicenceView,
    MaterialView,
    MessageView,
    NoticeView,
    OpinionView,
)
from yiwang.cases.contracts.words import TaskState, TokenState
from yiwang.cases.models import (
    Case,
    Clock,
    Decision,
    Extension,
    Letter,
    Licence,
    Material,
    Message,
    Notice,
    Opinion,
    Rating,
    Supplement,
    Task,
    Token,
)
from yiwang.cases.queries.acts import officer_acts
from yiwang.cases.queries.cards import cards_of
from yiwang.cases.queries.enclosures import enclosures_of
from yiwang.cases.queries.officer_task import task_view
from yiwang.cases.queries.rights import readable_case
from yiwang.cases.queries.shapes import (
    case_clock,
    case_row,
    clock_view,
    decision_view,
    extension_view,
    letter_view,
    licence_view,
    material_view,
    message_view,
    notice_view,
    opinion_view,
    rating_view,
    supplement_view,
)
from yiwang.cases.queries.types import type_version
from yiwang.platform.contracts import Actor, Json

_OPEN = (TaskState.OPEN, TaskState.CLAIMED)


def case_for_officer(
    *, actor: Actor, at: datetime, case_id: int | None = None, number: str = ""
) -> CaseForOfficer:
    """Give everything of a case by its id or number, or raise CaseNotFound."""
    row = readable_case(actor, case_id, number=number)
    kind = type_version(row.type_version_id)
    root_id = row.ancestors[0] if row.ancestors else row.pk
    root = row if root_id == row.pk else Case.objects.get(pk=root_id)
    clocks = list(
        Clock.objects.filter(case=row).select_related("case", "task").prefetch_related("stops").order_by("id")
    )
    tasks = list(Task.objects.filter(case=row).order_by("id"))
    supplement = Supplement.objects.filter(case=row).first()
    extension = Extension.objects.filter(case=row).order_by("-id").first()
    decision = Decision.objects.select_related("case").filter(case=row).first()
    rating = Rating.objects.filter(case_id=root_id).first()
    stops = {stop.ground for clock in clocks for stop in clock.stops.all() if stop.until is None}
    task_views = tuple(task_view(task, row, kind, actor) for task in tasks)
    tokens = Token.objects.filter(case=row).order_by("number").values_list("node", "state")
    present = tuple(node for node, state in tokens if state == TokenState.OPEN)
    passed = [node for node, state in tokens if state == TokenState.ENDED]
    passed += [task.node for task in tasks if task.state == TaskState.DONE]
    return CaseForOfficer(
        case=case_row(row, case_clock(clocks), at),
        type_version=kind.version,
        applicant=_applicant(row),
        answers=root.answers,
        data=row.data,
        tasks=task_views,
        opinions=_opinions(row),
        clocks=tuple(clock_view(clock, at) for clock in clocks),
        materials=_materials(root_id),
        supplement=supplement_view(supplement) if supplement else None,
        extension=extension_view(extension) if extension else None,
        decision=decision_view(decision) if decision else None,
        licences=licences_of(root_id),
        letters=letters_of(root_id),
        enclosures=enclosures_of(root_id),
        messages=_messages(root_id),
        cards=tuple(cards_of(row)),
        notices=_notices(row),
        rating=rating_view(rating) if rating else None,
        children=children_of(row, at),
        present=tuple(dict.fromkeys(present)),
        passed=tuple(dict.fromkeys(passed)),
        returnable=_returnable(tasks, row, kind),
        stops=_grounds(kind, stops),
        stopped=tuple(sorted(stops)),
        may=officer_acts(
            actor,
            row,
            kind,
            tasks=task_views,
            stops=stops,
            supplement=supplement,
            extension=extension,
            decided=decision is not None,
            at=at,
        ),
    )


def _opinions(row: Case) -> tuple[OpinionView, ...]:
    found = Opinion.objects.filter(case=row).select_related("case").order_by("id")
    return tuple(opinion_view(opinion) for opinion in found)


def _materials(root_id: int) -> tuple[MaterialView, ...]:
    found = Material.objects.filter(case_id=root_id).select_related("case").order_by("id")
    return tuple(material_view(material) for material in found)


def _messages(root_id: int) -> tuple[MessageView, ...]:
    return tuple(message_view(message) for message in Message.objects.filter(case_id=root_id).order_by("id"))


def _notices(row: Case) -> tuple[NoticeView, ...]:
    found = Notice.objects.filter(case=row).select_related("case").prefetch_related("replies")
    return tuple(notice_view(notice) for notice in found.order_by("id"))


def _grounds(kind: AppliedType, stopped: set[str]) -> tuple[str, ...]:
    """Grounds on which an officer may stop the clock now: not those of a notice or of a step."""
    drawn = kind.process.stops if kind.process is not None else frozenset()
    taken = {"supplement", *stopped, *drawn}
    return tuple(stop.key for stop in kind.definition.stops if stop.key not in taken)


def licences_of(case_id: int) -> tuple[LicenceView, ...]:
    """The licences of the case that the applicant sees."""
    return tuple(licence_view(row) for row in Licence.objects.filter(case_id=case_id).order_by("id"))


def letters_of(case_id: int) -> tuple[LetterView, ...]:
    """The letters of the case that the applicant sees; the document of a licence stands with the licence.

    Those to third parties and to other agencies are among them.
    """
    found = Letter.objects.filter(case_id=case_id).exclude(kind="licence").select_related("case")
    return tuple(letter_view(row) for row in found.order_by("id"))


def children_of(row: Case, at: datetime) -> tuple[CaseRow, ...]:
    """The child cases with their limits."""
    children = Case.objects.filter(parent=row).prefetch_related("clocks").order_by("id")
    return tuple(case_row(child, case_clock(child.clocks.all()), at) for child in children)


def _applicant(row: Case) -> dict[str, Json]:
    return {
        "kind": row.applicant_kind,
        "name": row.applicant_name,
        "person_id": row.person_id,
        "entity_id": row.entity_id,
        "agent_person_id": row.agent_person_id,
    }


def _returnable(tasks: list[Task], row: Case, kind: AppliedType) -> tuple[str, ...]:
    """Steps done before; whether work may go back there now is for the process to say."""
    if row.decided_at is not None:
        return ()
    at_work = {task.node for task in tasks if task.state in _OPEN}
    before = (task.node for task in tasks if task.state == TaskState.DONE)
    accepted = row.accepted_at is not None
    return tuple(
        node
        for node in dict.fromkeys(before)
        if node not in at_work and not kind.is_settled(node, accepted=accepted)
    )
