"""The door of cases: acts, then reads. Pages and other engines come in here and nowhere else."""

from __future__ import annotations

from yiwang.cases.case_links import CASE_LINKS, CaseLink
from yiwang.cases.commands.accept_silence import accept_silence
from yiwang.cases.commands.add_department import add_department
from yiwang.cases.commands.answer_supplement import answer_supplement
from yiwang.cases.commands.ask_extension import ask_extension
from yiwang.cases.commands.ask_register_change import ask_register_change
from yiwang.cases.commands.book_appointment import book_appointment
from yiwang.cases.commands.call_next import call_next
from yiwang.cases.commands.cancel_appointment import cancel_appointment
from yiwang.cases.commands.change_calendar import change_calendar, preview_calendar
from yiwang.cases.commands.claim_task import claim_task
from yiwang.cases.commands.close_notice import close_notice
from yiwang.cases.commands.complete_task import complete_task
from yiwang.cases.commands.decide_case import decide_case
from yiwang.cases.commands.decide_extension import decide_extension
from yiwang.cases.commands.discard_draft import discard_draft
from yiwang.cases.commands.enclose import enclose
from yiwang.cases.commands.finish_appointment import finish_appointment
from yiwang.cases.commands.fire_timer import fire_timer
from yiwang.cases.commands.give_opinion import give_opinion
from yiwang.cases.commands.issue_card import issue_card
from yiwang.cases.commands.issue_licence import issue_licence
from yiwang.cases.commands.lapse_supplement import lapse_supplement
from yiwang.cases.commands.make_letter import make_letter
from yiwang.cases.commands.narrow_access import narrow_access
from yiwang.cases.commands.open_case import open_case
from yiwang.cases.commands.open_notice import open_notice
from yiwang.cases.commands.prefill_case import prefill_case
from yiwang.cases.commands.rate_case import rate_case
from yiwang.cases.commands.register_at_counter import register_at_counter
from yiwang.cases.commands.release_task import release_task
from yiwang.cases.commands.remove_department import remove_department
from yiwang.cases.commands.renew_register_change import renew_register_change
from yiwang.cases.commands.reply_notice import reply_notice
from yiwang.cases.commands.reply_to_rating import reply_to_rating
from yiwang.cases.commands.request_supplement import request_supplement
from yiwang.cases.commands.resume_clock import resume_clock
from yiwang.cases.commands.return_case import return_case
from yiwang.cases.commands.revoke_licence import revoke_licence
from yiwang.cases.commands.save_draft import save_draft
from yiwang.cases.commands.send_message import send_message
from yiwang.cases.commands.signal_case import signal_case
from yiwang.cases.commands.stop_clock import stop_clock
from yiwang.cases.commands.submit_draft import submit_draft
from yiwang.cases.commands.take_back_enclosure import take_back_enclosure
from yiwang.cases.commands.transfer_task import transfer_task
from yiwang.cases.commands.withdraw_case import withdraw_case
from yiwang.cases.kinds.named import named_in
from yiwang.cases.queries.applicant_case import case_for_applicant, my_cases, track
from yiwang.cases.queries.boards import counts, visible_organisations
from yiwang.cases.queries.calendars import city_calendar
from yiwang.cases.queries.controls import controls_of, places
from yiwang.cases.queries.decisions import decided_by
from yiwang.cases.queries.digs import dig_of_case
from yiwang.cases.queries.draft_files import FileName, draft_file, draft_owner, file_names, waiting_file
from yiwang.cases.queries.enclosures import enclosable, ended_before
from yiwang.cases.queries.group_rows import rows_sent, with_rows
from yiwang.cases.queries.inbox import done_by_me, inbox, inbox_count, inbox_counts
from yiwang.cases.queries.items import daily, item_figures, last_answers, public_figures, step_figures
from yiwang.cases.queries.logs import clock_explanation, log_of
from yiwang.cases.queries.matters import (
    case_id_of,
    code_lists,
    correctable,
    diagram_of,
    file_of_case,
    findings_of,
    form_of,
    form_of_task,
    matter_of,
    own_file,
)
from yiwang.cases.queries.officer_case import case_for_officer
from yiwang.cases.queries.officer_task import task_for_officer
from yiwang.cases.queries.open_figures import department_figures, handled_groups, often_opened, work_figures
from yiwang.cases.queries.personal import draft, free_slots, my_appointments, my_drafts, my_licences, queue_of
from yiwang.cases.queries.pick_lists import filled_from_entry, is_picking, pick_lists, place_of
from yiwang.cases.queries.picks import choices_for, picks_of, picks_of_case, with_pick
from yiwang.cases.queries.prefills import prefills_of
from yiwang.cases.queries.replies import (
    answered_case,
    answered_cases,
    publishable_types,
    reply_figures,
    reply_spans,
)
from yiwang.cases.queries.results import check_licence, licence_file, recent_results
from yiwang.cases.queries.samples import has_sample, result_sample
from yiwang.cases.queries.scores import evidence, tallies
from yiwang.cases.queries.search import search
from yiwang.cases.queries.sentences import organisation_name
from yiwang.cases.queries.spans import cases_in_span, cases_of_same_applicant
from yiwang.cases.queries.standard_addresses import NOTES as ADDRESS_NOTES
from yiwang.cases.queries.standard_addresses import picked_addresses, unsettled, with_noted, with_places
from yiwang.cases.queries.standard_addresses import settle as settle_addresses
from yiwang.cases.queries.standing import standing, standing_cases
from yiwang.cases.queries.supervision import cards, notices, ratings, waiting_notices
from yiwang.cases.queries.types import applied_types, case_type
from yiwang.cases.queries.what_if import (
    joint_case_type,
    one_page,
    routing_decision,
    try_decision,
    what_if_form,
)
from yiwang.cases.rows.adoption import adopt_type, retire_type
from yiwang.cases.rows.application import applicant_of
from yiwang.cases.rows.materials import held_kinds, needed_materials
from yiwang.cases.rules.forms.pages import PageResult, check_answers, first_unfinished_page, read_page
from yiwang.cases.rules.forms.summary import summarise
from yiwang.cases.rules.forms.walk import walk

__all__ = [
    "ADDRESS_NOTES",
    "CASE_LINKS",
    "CaseLink",
    "FileName",
    "PageResult",
    "accept_silence",
    "add_department",
    "adopt_type",
    "answer_supplement",
    "answered_case",
    "answered_cases",
    "applicant_of",
    "applied_types",
    "ask_extension",
    "ask_register_change",
    "book_appointment",
    "call_next",
    "cancel_appointment",
    "cards",
    "case_for_applicant",
    "case_for_officer",
    "case_id_of",
    "case_type",
    "cases_in_span",
    "cases_of_same_applicant",
    "change_calendar",
    "check_answers",
    "check_licence",
    "choices_for",
    "city_calendar",
    "claim_task",
    "clock_explanation",
    "close_notice",
    "code_lists",
    "complete_task",
    "controls_of",
    "correctable",
    "counts",
    "daily",
    "decide_case",
    "decide_extension",
    "decided_by",
    "department_figures",
    "diagram_of",
    "dig_of_case",
    "discard_draft",
    "done_by_me",
    "draft",
    "draft_file",
    "draft_owner",
    "enclosable",
    "enclose",
    "ended_before",
    "evidence",
    "file_names",
    "file_of_case",
    "filled_from_entry",
    "findings_of",
    "finish_appointment",
    "fire_timer",
    "first_unfinished_page",
    "form_of",
    "form_of_task",
    "free_slots",
    "give_opinion",
    "handled_groups",
    "has_sample",
    "held_kinds",
    "inbox",
    "inbox_count",
    "inbox_counts",
    "is_picking",
    "issue_card",
    "issue_licence",
    "item_figures",
    "joint_case_type",
    "lapse_supplement",
    "last_answers",
    "licence_file",
    "log_of",
    "make_letter",
    "matter_of",
    "my_appointments",
    "my_cases",
    "my_drafts",
    "my_licences",
    "named_in",
    "narrow_access",
    "needed_materials",
    "notices",
    "often_opened",
    "one_page",
    "open_case",
    "open_notice",
    "organisation_name",
    "own_file",
    "pick_lists",
    "picked_addresses",
    "picks_of",
    "picks_of_case",
    "place_of",
    "places",
    "prefill_case",
    "prefills_of",
    "preview_calendar",
    "public_figures",
    "publishable_types",
    "queue_of",
    "rate_case",
    "ratings",
    "read_page",
    "recent_results",
    "register_at_counter",
    "release_task",
    "remove_department",
    "renew_register_change",
    "reply_figures",
    "reply_notice",
    "reply_spans",
    "reply_to_rating",
    "request_supplement",
    "result_sample",
    "resume_clock",
    "retire_type",
    "return_case",
    "revoke_licence",
    "routing_decision",
    "rows_sent",
    "save_draft",
    "search",
    "send_message",
    "settle_addresses",
    "signal_case",
    "standing",
    "standing_cases",
    "step_figures",
    "stop_clock",
    "submit_draft",
    "summarise",
    "take_back_enclosure",
    "tallies",
    "task_for_officer",
    "track",
    "transfer_task",
    "try_decision",
    "unsettled",
    "visible_organisations",
    "waiting_file",
    "waiting_notices",
    "walk",
    "what_if_form",
    "with_noted",
    "with_pick",
    "with_places",
    "with_rows",
    "withdraw_case",
    "work_figures",
]
