"""Stored rows as the values that readers get."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yiwang.cases.contracts.lists import CaseRow, InboxRow
from yiwang.cases.contracts.views import (
    ClockView,
    DecisionView,
    ExtensionView,
    LetterView,
    LicenceView,
    MaterialView,
    MessageView,
    NoticeView,
    OpinionView,
    RatingView,
    ReplyView,
    StopView,
    SupplementItem,
    SupplementView,
)
from yiwang.cases.contracts.words import (
    CLOCK_KIND_TEXTS,
    Channel,
    ClockKind,
    ClockState,
    ExtensionState,
    LicenceState,
    Light,
    MaterialState,
    NoticeState,
    Phase,
    SupplementState,
    TaskState,
)
from yiwang.cases.models import (
    Case,
    Clock,
    ClockStop,
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
)
from yiwang.cases.queries.calendars import city_calendar
from yiwang.cases.queries.types import type_version
from yiwang.kernel import clock as law
from yiwang.kernel.text import Text, text_from


def light_of(clock: Clock | None, at: datetime) -> Light:
    """What a list shows of a clock; one that is done shows how it ended."""
    if clock is None:
        return Light.NONE
    if clock.state == ClockState.STOPPED:
        return Light.STOPPED
    moment = clock.ended_at or at
    ladder = ((clock.red_at, Light.RED), (clock.yellow_at, Light.YELLOW), (clock.warn_at, Light.WARNED))
    for instant, light in ladder:
        if instant is not None and instant <= moment:
            return light
    return Light.GREEN


def case_clock(clocks: Iterable[Clock]) -> Clock | None:
    """The limit of the case that a list shows: the promised one, else the statutory one."""
    found = {clock.kind: clock for clock in clocks if clock.task_id is None}
    return found.get(ClockKind.CASE_PROMISED) or found.get(ClockKind.CASE_STATUTORY)


def case_row(row: Case, clock: Clock | None, at: datetime) -> CaseRow:
    """A case in a list."""
    kind = type_version(row.type_version_id)
    return CaseRow(
        id=row.pk,
        number=row.number,
        parent_id=row.parent_id,
        type_code=row.type_code,
        type_title=kind.title,
        title=row.title,
        applicant_name=row.applicant_name,
        organisation=row.organisation,
        division_code=row.division_code,
        channel=Channel(row.channel),
        phase=Phase(row.phase),
        outcome=row.outcome,
        urgent=row.urgent,
        version=row.version,
        opened_at=row.opened_at,
        accepted_at=row.accepted_at,
        decided_at=row.decided_at,
        closed_at=row.closed_at,
        due_at=clock.due_at if clock is not None else None,
        light=light_of(clock, at),
        result=kind.result_title(row.result),
    )


def inbox_row(task: Task, at: datetime) -> InboxRow:
    """A task in an inbox; ``task`` comes with its case and clock."""
    row = task.case
    kind = type_version(row.type_version_id)
    clock = clock_of(task)
    return InboxRow(
        task_id=task.pk,
        case_id=row.pk,
        number=row.number,
        type_code=row.type_code,
        type_title=kind.title,
        title=row.title,
        applicant_name=row.applicant_name,
        node=task.node,
        name=kind.step(task.node),
        role=task.role,
        organisation=task.organisation,
        division_code=row.division_code,
        state=TaskState(task.state),
        assignee_id=task.assignee_id,
        opened_at=task.opened_at,
        due_at=clock.due_at if clock is not None else None,
        light=light_of(clock, at),
        phase=Phase(row.phase),
        urgent=row.urgent,
        version=row.version,
    )


def clock_of(task: Task) -> Clock | None:
    """The clock of a task that was selected with it."""
    return task.clock if hasattr(task, "clock") else None


def opinion_view(row: Opinion) -> OpinionView:
    """An opinion; ``row`` comes with its case."""
    return OpinionView(
        node=row.node,
        name=type_version(row.case.type_version_id).step(row.node),
        organisation=row.organisation,
        verdict=row.verdict,
        conditions=row.conditions,
        grounds=row.grounds,
        articles=tuple(row.articles),
        officer_name=row.officer_name,
        at=row.at,
        child_id=row.child_id,
    )


def stop_view(row: ClockStop) -> StopView:
    """A stop."""
    return StopView(
        ground=row.ground,
        label=text_from(row.label),
        legal_basis=text_from(row.legal_basis),
        since=row.since,
        until=row.until,
        expected_days=row.expected_days,
    )


def clock_state(row: Clock) -> law.ClockState:
    """The pure state of a stored clock; ``row`` comes with its stops."""
    return law.ClockState(
        budget=law.Budget(row.amount, law.Unit(row.unit)),
        started_at=row.started_at,
        extended_by=row.extended_by,
        stops=tuple(
            law.Stop(
                start=stop.since,
                end=stop.until,
                ground=stop.ground,
                legal_basis=text_from(stop.legal_basis),
                label=text_from(stop.label),
            )
            for stop in sorted(row.stops.all(), key=lambda stop: (stop.since, stop.pk))
        ),
    )


def clock_name(row: Clock) -> Text:
    """What the clock measures, for readers; ``row`` comes with case and task."""
    kind = ClockKind(row.kind)
    if row.task is None:
        return CLOCK_KIND_TEXTS[kind]
    return type_version(row.case.type_version_id).step(row.task.node)


def clock_view(row: Clock, at: datetime) -> ClockView:
    """A clock at the moment of asking; ``row`` comes with case, task and stops."""
    state, calendar = clock_state(row), city_calendar()
    used = law.consumed(state, calendar, at) if row.consumed is None else row.consumed
    return ClockView(
        id=row.pk,
        kind=ClockKind(row.kind),
        task_id=row.task_id,
        name=clock_name(row),
        organisation=row.organisation,
        amount=row.amount,
        unit=row.unit,
        extended_by=row.extended_by,
        consumed=used,
        remaining=row.amount + row.extended_by - used,
        state=ClockState(row.state),
        light=light_of(row, at),
        started_at=row.started_at,
        due_at=row.due_at,
        yellow_at=row.yellow_at,
        red_at=row.red_at,
        ended_at=row.ended_at,
        stops=tuple(stop_view(stop) for stop in sorted(row.stops.all(), key=lambda stop: stop.since)),
    )


def message_view(row: Message) -> MessageView:
    """A message."""
    return MessageView(
        id=row.pk,
        at=row.at,
        from_applicant=row.from_applicant,
        sender_name=row.sender_name,
        organisation=row.organisation,
        body=row.body,
        files=tuple(row.files),
        read_at=row.read_at,
    )


def material_view(row: Material) -> MaterialView:
    """A material; ``row`` comes with its case."""
    declared = type_version(row.case.type_version_id).definition.materials
    title = next((material.title for material in declared if material.key == row.key), Text(row.key, row.key))
    return MaterialView(
        id=row.pk,
        key=row.key,
        title=title,
        file_id=row.file_id,
        replaced=row.state == MaterialState.REPLACED,
        given_at=row.given_at,
    )


def supplement_view(row: Supplement) -> SupplementView:
    """A notice of corrections."""
    return SupplementView(
        id=row.pk,
        case_id=row.case_id,
        items=tuple(SupplementItem(**item) for item in row.items),
        note=row.note,
        organisation=row.organisation,
        issued_at=row.issued_at,
        answer_until=row.answer_until,
        state=SupplementState(row.state),
        answered_at=row.answered_at,
        before=row.before,
    )


def extension_view(row: Extension) -> ExtensionView:
    """A request for more time."""
    return ExtensionView(
        id=row.pk,
        asked_days=row.asked_days,
        reason=row.reason,
        legal_basis=text_from(row.legal_basis),
        state=ExtensionState(row.state),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        remark=row.remark,
    )


def decision_view(row: Decision) -> DecisionView:
    """A decision; ``row`` comes with its case."""
    return DecisionView(
        number=row.number,
        outcome=row.outcome,
        grounds=row.grounds,
        conditions=row.conditions,
        articles=tuple(row.articles),
        tacit=row.tacit,
        by_name=row.by_name,
        organisation=row.organisation,
        at=row.at,
        result=type_version(row.case.type_version_id).result_title(row.case.result),
    )


def licence_view(row: Licence) -> LicenceView:
    """A licence."""
    return LicenceView(
        id=row.pk,
        number=row.number,
        kind=row.kind,
        title=text_from(row.title),
        case_id=row.case_id,
        holder_name=row.holder_name,
        organisation=row.organisation,
        issued_at=row.issued_at,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        state=LicenceState(row.state),
        verification_code=row.verification_code,
        file_id=row.file_id,
        content=row.content,
        ended_at=row.ended_at,
        ended_reason=row.ended_reason,
    )


def letter_view(row: Letter) -> LetterView:
    """A letter; ``row`` comes with its case."""
    return LetterView(
        id=row.pk,
        kind=row.kind,
        number=row.number,
        title=text_from(row.title),
        addressee=row.addressee,
        asked_at=row.asked_at,
        file_id=row.file_id,
    )


def notice_view(row: Notice) -> NoticeView:
    """A supervision notice; ``row`` comes with case and replies."""
    replies = sorted(row.replies.all(), key=lambda reply: (reply.at, reply.pk))
    return NoticeView(
        id=row.pk,
        case_id=row.case_id,
        number=row.case.number,
        organisation=row.organisation,
        opened_by_organisation=row.opened_by_organisation,
        body=row.body,
        opened_at=row.opened_at,
        due_at=row.due_at,
        state=NoticeState(row.state),
        closed_at=row.closed_at,
        closing=row.closing,
        replies=tuple(
            ReplyView(at=reply.at, organisation=reply.organisation, body=reply.body) for reply in replies
        ),
    )


def rating_view(row: Rating) -> RatingView:
    """A rating."""
    return RatingView(
        case_id=row.case_id,
        level=row.level,
        comment=row.comment,
        at=row.at,
        answer_until=row.answer_until,
        reply=row.reply,
        replied_at=row.replied_at,
    )
