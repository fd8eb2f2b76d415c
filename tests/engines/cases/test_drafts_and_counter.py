"""Drafts, counter entry, materials, appointments, messages."""

from __future__ import annotations

from datetime import date, time

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import (
    Applicant,
    ApplicantKind,
    ApplicantNotOfKind,
    CaseNotFound,
    Channel,
    ChannelNotOffered,
    DraftMovedOn,
    GivenMaterial,
    NotOnline,
    SlotFull,
    ThingNotFound,
)
from yiwang.cases.models import Appointment, Case, Draft, Material, Message
from yiwang.cases.testing import BODY, MONDAY, a_definition, a_review_type, an_application, officer
from yiwang.identity.testing import a_citizen, a_representative
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import OperationNotAllowed

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "云谷", "departments": ["fire"]}
PLAN = {"key": "plan", "title": {"zh": "总平面图", "en": "Site plan"}, "source": {"zh": "自备", "en": "Own"}}
WINDOW = {
    "organisation": BODY,
    "place": {"zh": "一楼", "en": "1st floor"},
    "hours": {"zh": "9-17", "en": "9-17"},
    "phone": "12345",
    "slots_per_day": 13,
}


def test_a_draft_is_saved_guarded_and_submitted_once():
    kind, citizen = a_review_type(), a_citizen()
    first = api.save_draft(actor=citizen, at=MONDAY, type_code=kind.code, answers={"name": "云"}, page="one")
    second = api.save_draft(
        actor=citizen, at=MONDAY, type_code=kind.code, answers=ANSWERS, draft_id=first.id, expected_version=1
    )

    with pytest.raises(DraftMovedOn):
        api.save_draft(
            actor=citizen, at=MONDAY, type_code=kind.code, answers={}, draft_id=first.id, expected_version=1
        )
    with pytest.raises(ThingNotFound):
        api.submit_draft(actor=a_citizen(), at=MONDAY, draft_id=first.id)
    assert (second.version, api.my_drafts(actor=citizen)[0].answers) == (2, ANSWERS)

    opened = api.submit_draft(actor=citizen, at=MONDAY, draft_id=first.id)

    assert Case.objects.get().number == opened.number
    assert not Draft.objects.exists()
    with pytest.raises(ThingNotFound):
        api.submit_draft(actor=citizen, at=MONDAY, draft_id=first.id)


def test_a_missing_material_is_named_and_one_given_is_kept():
    kind, citizen = a_review_type(materials=[PLAN]), a_citizen()

    with pytest.raises(InvalidInput) as refused:
        api.open_case(actor=citizen, at=MONDAY, type_code=kind.code, answers=ANSWERS)

    assert [problem.path for problem in refused.value.problems] == ["materials.plan"]
    assert not Case.objects.exists()
    given = (GivenMaterial(key="plan", file_id=7),)
    api.open_case(actor=citizen, at=MONDAY, type_code=kind.code, answers=ANSWERS, materials=given)
    assert list(Material.objects.values_list("key", "file_id", "state")) == [("plan", 7, "given")]


def test_the_counter_takes_an_application_for_whoever_stands_there():
    kind = a_review_type()
    visitor = Applicant(kind=ApplicantKind.PERSON, name="黄伯")

    opened = api.register_at_counter(
        actor=officer(BODY, "window"), at=MONDAY, type_code=kind.code, applicant=visitor, answers=ANSWERS
    )

    row = Case.objects.get()
    assert (row.channel, row.applicant_name, row.number) == ("counter", "黄伯", opened.number)
    with pytest.raises(OperationNotAllowed):
        api.register_at_counter(
            actor=officer("fire", "window"),
            at=MONDAY,
            type_code=kind.code,
            applicant=visitor,
            answers=ANSWERS,
        )


def test_a_representative_applies_for_the_firm():
    kind, agent = a_review_type(), a_representative()

    api.open_case(actor=agent, at=MONDAY, type_code=kind.code, answers=ANSWERS)

    row = Case.objects.get()
    assert (row.applicant_kind, row.entity_id, row.agent_person_id) == (
        "legal_entity",
        agent.for_entity,
        agent.person_id,
    )


def test_what_the_item_does_not_offer_is_refused():
    citizen = a_citizen()
    persons = a_review_type("firms_only", applicants=["legal_entity"])
    api.adopt_type(a_definition("guide_only", form=None, process=None, prefix=""), None, parts={}, at=MONDAY)

    with pytest.raises(ApplicantNotOfKind):
        api.open_case(actor=citizen, at=MONDAY, type_code=persons.code, answers=ANSWERS)
    with pytest.raises(NotOnline):
        api.open_case(actor=citizen, at=MONDAY, type_code="guide_only", answers=ANSWERS)
    with pytest.raises(ChannelNotOffered):
        api.open_case(
            actor=citizen,
            at=MONDAY,
            type_code=a_review_type().code,
            answers=ANSWERS,
            channel=Channel.POST,
        )

    assert not Case.objects.exists()


def test_a_time_is_booked_called_and_finished_and_a_full_one_refused():
    kind = a_review_type(windows=[WINDOW])
    day, nine = date(2026, 3, 3), time(9)
    citizen = a_citizen()

    booked = api.book_appointment(
        actor=citizen, at=MONDAY, type_code=kind.code, organisation=BODY, day=day, slot=nine
    )

    assert booked.queue_number == 1
    with pytest.raises(SlotFull):
        api.book_appointment(
            actor=a_citizen(), at=MONDAY, type_code=kind.code, organisation=BODY, day=day, slot=nine
        )
    with pytest.raises(SlotFull):
        api.book_appointment(
            actor=citizen, at=MONDAY, type_code=kind.code, organisation=BODY, day=date(2026, 3, 7), slot=nine
        )
    tuesday = MONDAY.replace(day=3)
    clerk = officer(BODY, "window")
    called = api.call_next(actor=clerk, at=tuesday, organisation=BODY, window="3")
    assert (called.queue_number, called.window) == (1, "3")
    with pytest.raises(ThingNotFound):
        api.call_next(actor=clerk, at=tuesday, organisation=BODY, window="3")
    api.finish_appointment(actor=clerk, at=tuesday, appointment_id=called.id)
    assert Appointment.objects.get().state == "finished"


def test_messages_go_both_ways_and_to_nobody_else():
    citizen = a_citizen()
    opened = an_application(a_review_type(), applicant=citizen)

    api.send_message(actor=citizen, at=MONDAY, case_id=opened.case_id, body="请问进度？")
    api.send_message(actor=officer(BODY, "window"), at=MONDAY, case_id=opened.case_id, body="正在受理")
    with pytest.raises(CaseNotFound):
        api.send_message(actor=a_citizen(), at=MONDAY, case_id=opened.case_id, body="打扰")
    with pytest.raises(InvalidInput):
        api.send_message(actor=citizen, at=MONDAY, case_id=opened.case_id, body="  ")

    assert list(Message.objects.order_by("id").values_list("from_applicant", "body")) == [
        (True, "请问进度？"),
        (False, "正在受理"),
    ]
