"""Every act of cases at the wrong place, version or state: refused, journalled, nothing changed."""

from __future__ import annotations

import inspect
from datetime import time

import pytest
from tests.engines.refusals.acts import acts
from tests.engines.refusals.calls import CALLS, NEVER
from tests.engines.refusals.footprint import footprint, refused

from yiwang.cases.contracts import StopGround
from yiwang.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleViolation
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.django_db
_EVERY = [pytest.param(name, id=name) for name in sorted(CALLS)]
_NOWHERE = 987_654_321
#: Given ids by the loop that has just read them.
_OF_CLOCKS = {"accept_silence", "issue_card"}
_ACTS = {act.name.removeprefix("cases."): act.run for act in acts() if act.name.startswith("cases.")}
#: Need registers with entries; at the wrong place and too late they have tests of their own.
_OF_REGISTERS = {
    "ask_register_change",
    "prefill_case",
    "renew_register_change",
    "send_defect",
    "settle_defect",
}
_VERSIONED = [
    name
    for name, run in _ACTS.items()
    if name in CALLS and "expected_version" in inspect.signature(run).parameters
]


def test_every_act_of_cases_has_its_call():
    assert set(CALLS) | _OF_REGISTERS == set(_ACTS)
    assert not set(CALLS) & _OF_REGISTERS


@pytest.mark.parametrize("name", [each for each in _EVERY if each.id not in NEVER])
def test_the_call_succeeds_and_changes_something(name: str):
    call = CALLS[name]()
    before, lines = footprint(), JournalEntry.objects.count()

    assert call() is not False

    assert footprint() != before
    [line] = JournalEntry.objects.order_by("id")[lines:]
    assert (line.outcome, line.reason, line.account_id) == ("done", "", call.actor.account_id)


@pytest.mark.parametrize("name", _EVERY)
def test_with_the_same_rights_somewhere_else(name: str):
    call = CALLS[name]()
    if call.elsewhere is None:
        return  # machines and the supervisors of the whole city have no elsewhere

    error = refused(call, (NotAllowed, NotFound), actor=call.elsewhere)

    assert error.status in {403, 404}


@pytest.mark.parametrize("name", _EVERY)
def test_when_it_is_too_late(name: str):
    call = CALLS[name]()
    if call.spoil is None:
        return  # open in every state, or a machine's: tested below
    call.spoil()

    refused(call, (RuleViolation, NotFound, Conflict, NotAllowed))


_ONCE = ["accept_silence", "fire_timer", "issue_card", "lapse_supplement", "make_letter"]


@pytest.mark.parametrize("name", _ONCE)
def test_machines_act_once(name: str):
    call = CALLS[name]()
    assert call()
    before = footprint()

    assert not call()

    assert footprint() == before


@pytest.mark.parametrize("name", ["accept_silence", "issue_card"])
def test_machines_do_not_act_early(name: str):
    call = CALLS[name]()
    before = footprint()

    assert not call.run(**{"actor": call.actor, "at": call.at.replace(day=3, month=3), **call.words})

    assert footprint() == before


@pytest.mark.parametrize("name", _VERSIONED)
def test_what_was_looked_at_has_changed(name: str):
    call = CALLS[name]()

    error = refused(call, Conflict, expected_version=4711)

    assert error.status == 409


@pytest.mark.parametrize("name", [each for each in _EVERY if each.id not in _OF_CLOCKS])
def test_what_is_not_there(name: str):
    call = CALLS[name]()
    keys = [key for key in call.words if key.endswith("_id")]

    for key in keys:
        refused(call, (NotFound, NotAllowed), **{key: _NOWHERE})
    if "type_code" in call.words and not keys:
        refused(call, (NotFound, RuleViolation, NotAllowed), type_code="no_such_item")


_MALFORMED = {
    "complete_task": [{"outcome": "burn"}, {"outcome": ""}],
    "transfer_task": [{"to_organisation": "nowhere"}, {"to_account": 10**9}],
    "return_case": [{"to_node": "nowhere"}, {"to_node": "decide"}, {"reason": " "}],
    "request_supplement": [{"items": ()}],
    "answer_supplement": [{"answers": {}}, {"answers": {"departments": []}}],
    "ask_extension": [{"days": 0}, {"days": 11}, {"days": -3}, {"reason": ""}],
    "stop_clock": [
        {"ground": StopGround.INSPECTION},
        {"ground": StopGround.SUPPLEMENT},
        {"expected_days": 41},
    ],
    "add_department": [{"organisation": "nowhere"}, {"organisation": "fire"}],
    "remove_department": [{"organisation": "water"}, {"organisation": "nowhere"}],
    "change_calendar": [{"definition": {"overrides": [{"date": "2026-02-31"}]}}],
    "rate_case": [{"level": 0}, {"level": 6}],
    "reply_to_rating": [{"reply": " "}],
    "send_message": [{"body": "  "}, {"body": "字" * 5001}],
    "open_notice": [{"body": ""}, {"organisation": "nowhere"}, {"card_id": _NOWHERE}],
    "reply_notice": [{"body": " "}],
    "revoke_licence": [{"reason": ""}],
    "book_appointment": [{"slot": time(3, 0)}],
}


@pytest.mark.parametrize("name", sorted(_MALFORMED))
def test_words_that_make_no_sense(name: str):
    call = CALLS[name]()

    for words in _MALFORMED[name]:
        refused(call, (InvalidInput, RuleViolation, NotFound, NotAllowed), **words)
