"""The door of cases: acts, then reads. Pages and other engines come in here and nowhere else."""

from __future__ import annotations

from yiwang.cases.commands.claim_task import claim_task
from yiwang.cases.commands.complete_task import complete_task
from yiwang.cases.commands.decide_case import decide_case
from yiwang.cases.commands.give_opinion import give_opinion
from yiwang.cases.commands.open_case import open_case
from yiwang.cases.commands.register_at_counter import register_at_counter
from yiwang.cases.commands.release_task import release_task
from yiwang.cases.commands.return_case import return_case
from yiwang.cases.commands.transfer_task import transfer_task
from yiwang.cases.queries.applicant_case import case_for_applicant, my_cases, track
from yiwang.cases.queries.boards import counts, visible_organisations
from yiwang.cases.queries.calendars import city_calendar
from yiwang.cases.queries.controls import controls_of, places
from yiwang.cases.queries.inbox import done_by_me, inbox, inbox_count
from yiwang.cases.queries.logs import clock_explanation, log_of
from yiwang.cases.queries.matters import (
    case_id_of,
    code_lists,
    correctable,
    diagram_of,
    file_of_case,
    form_of,
    matter_of,
)
from yiwang.cases.queries.officer_case import case_for_officer
from yiwang.cases.queries.personal import (
    draft,
    free_slots,
    my_appointments,
    my_drafts,
    my_licences,
    queue_of,
)
from yiwang.cases.queries.results import check_licence, recent_results
from yiwang.cases.queries.search import search
from yiwang.cases.queries.sentences import organisation_name
from yiwang.cases.queries.supervision import cards, notices, ratings
from yiwang.cases.queries.types import applied_types, case_type
from yiwang.cases.rows.adoption import adopt_type, retire_type

__all__ = [
    "adopt_type",
    "applied_types",
    "cards",
    "case_for_applicant",
    "case_for_officer",
    "case_id_of",
    "case_type",
    "check_licence",
    "city_calendar",
    "claim_task",
    "clock_explanation",
    "code_lists",
    "complete_task",
    "controls_of",
    "correctable",
    "counts",
    "decide_case",
    "diagram_of",
    "done_by_me",
    "draft",
    "file_of_case",
    "form_of",
    "free_slots",
    "give_opinion",
    "inbox",
    "inbox_count",
    "log_of",
    "matter_of",
    "my_appointments",
    "my_cases",
    "my_drafts",
    "my_licences",
    "notices",
    "open_case",
    "organisation_name",
    "places",
    "queue_of",
    "ratings",
    "recent_results",
    "register_at_counter",
    "release_task",
    "retire_type",
    "return_case",
    "search",
    "track",
    "transfer_task",
    "visible_organisations",
]
