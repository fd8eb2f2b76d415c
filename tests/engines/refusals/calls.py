"""For every command of cases a call that succeeds, and how to make the same call come too late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

from tests.engines.refusals.call import (
    LATER,
    TIMERS,
    Call,
    World,
    accepted,
    answered,
    at_acceptance,
    by_citizen,
    by_officer,
    decided,
    opened,
    under_review,
)

from yiwang.cases import api, loops
from yiwang.cases.commands.accept_silence import accept_silence
from yiwang.cases.commands.fire_timer import fire_timer
from yiwang.cases.commands.issue_card import issue_card
from yiwang.cases.commands.lapse_supplement import lapse_supplement
from yiwang.cases.contracts import EnclosureKind, OpinionInput, StopGround, SupplementItem, Verdict
from yiwang.cases.contracts.inputs import Applicant
from yiwang.cases.contracts.words import ApplicantKind
from yiwang.cases.models import Clock, Letter, Licence, Timer
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_review_type,
    done,
    officer,
    open_task,
)
from yiwang.exchange.access import Narrowing
from yiwang.identity.testing import a_citizen
from yiwang.platform.contracts import Actor

_WINDOW = {
    "organisation": BODY,
    "place": {"zh": "一楼", "en": "Ground floor"},
    "hours": {"zh": "工作日", "en": "Working days"},
    "phone": "12345",
    "slots_per_day": 28,
}


def _narrow() -> Call:
    terms = {
        "resource": '"person_basic"', "grantee": '"water"', "fields": '["name", "phone"]',
        "purpose": '"case"',
        "basis_zh": '"法"', "basis_en": '"Law"', "valid_from": '"2026-03-02"', "valid_until": '"2026-12-31"',
    }  # fmt: skip
    world = accepted(grants=terms)
    words = {"case_id": world.id, "by": Narrowing(fields=("name",))}
    call = by_officer(api.narrow_access, "handler", **words)
    call.spoil = world.withdraw
    return call


def _release() -> Call:
    call = at_acceptance(api.release_task)
    api.claim_task(actor=call.actor, at=MONDAY, task_id=call.words["task_id"])
    return call


def _opinion() -> Call:
    world = accepted()
    task = open_task(world.id, "opinions", "planning")
    said = OpinionInput(grounds="依据充分")
    call = by_officer(
        api.give_opinion, "reviewer", place="planning", task_id=task, verdict=Verdict.APPROVE, opinion=said
    )
    call.spoil = world.withdraw
    return call


def _decide() -> Call:
    world = answered()
    task = open_task(world.id, "decide")
    call = by_officer(api.decide_case, "approver", task_id=task, outcome=Verdict.APPROVE, grounds="符合条件")
    call.spoil = world.withdraw
    return call


def _with_enclosures() -> World:
    world = accepted(encloses_at=[{"step": "decide", "kind": "released"}])
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(world.id, "opinions", department), "approve")
    return world


def _file() -> dict[str, object]:
    return {
        "kind": EnclosureKind.RELEASED,
        "name": "plan.pdf",
        "media_type": "application/pdf",
        "content": b"%PDF",
    }


def _enclose() -> Call:
    world = _with_enclosures()
    call = by_officer(api.enclose, "approver", case_id=world.id, **_file())
    call.spoil = world.withdraw
    return call


def _take_back() -> Call:
    world = _with_enclosures()
    put = api.enclose(actor=officer(BODY, "approver"), at=LATER, case_id=world.id, **_file())
    call = by_officer(api.take_back_enclosure, "approver", case_id=world.id, enclosure_id=put)
    call.spoil = world.withdraw
    return call


def _return() -> Call:
    world = answered()
    task = open_task(world.id, "decide")
    call = by_officer(api.return_case, "approver", task_id=task, to_node="opinions", reason="材料不全")
    call.spoil = world.withdraw
    return call


def _request_supplement() -> Call:
    world = opened()
    items = (SupplementItem(path="name", what="请写全称"),)
    call = by_officer(api.request_supplement, "window", case_id=world.id, items=items)
    call.spoil = world.withdraw
    return call


def _with_supplement(world: World) -> World:
    api.request_supplement(
        actor=officer(BODY, "window"),
        at=MONDAY,
        case_id=world.id,
        items=(SupplementItem(path="name", what="请写全称"),),
    )
    return world


def _answer_supplement() -> Call:
    world = _with_supplement(opened())
    call = by_citizen(api.answer_supplement, world, case_id=world.id, answers={"name": "云谷数据中心一期"})
    call.spoil = world.withdraw
    return call


def _resume() -> Call:
    world = accepted()
    handler = officer(BODY, "handler")
    api.stop_clock(actor=handler, at=MONDAY, case_id=world.id, ground=StopGround.HEARING, reason="听证")
    call = by_officer(api.resume_clock, "handler", case_id=world.id)
    call.spoil = world.withdraw
    return call


def _decide_extension() -> Call:
    world = accepted()
    api.ask_extension(actor=officer(BODY, "handler"), at=MONDAY, case_id=world.id, days=5, reason="案情复杂")
    call = by_officer(api.decide_extension, "approver", case_id=world.id, grant=True)
    call.spoil = world.withdraw
    return call


def _signal() -> Call:
    """Only what the process waits for: here for nothing but the applicant."""
    world = _with_supplement(opened())
    return by_officer(api.signal_case, "handler", case_id=world.id, message="payment_received")


def _issue_licence() -> Call:
    world = decided()
    first = Licence.objects.get(case_id=world.id)
    approver = officer(BODY, "approver")
    api.revoke_licence(actor=approver, at=MONDAY, licence_id=first.pk, reason="发证有误")
    call = by_officer(api.issue_licence, "approver", case_id=world.id)
    call.spoil = call
    return call


def _revoke_licence() -> Call:
    world = decided()
    licence = Licence.objects.get(case_id=world.id)
    call = by_officer(api.revoke_licence, "approver", licence_id=licence.pk, reason="骗取许可")
    call.spoil = call
    return call


def _notice() -> tuple[World, int]:
    world = accepted()
    notice = api.open_notice(
        actor=officer("supervision", "supervisor"),
        at=MONDAY,
        case_id=world.id,
        organisation="planning",
        body="请说明超期原因",
    )
    return world, notice


def _close_notice() -> Call:
    _, notice = _notice()
    call = Call(api.close_notice, officer("supervision", "supervisor"), {"notice_id": notice})
    call.spoil = call
    return call


def _reply_notice() -> Call:
    _, notice = _notice()
    call = by_officer(api.reply_notice, "reviewer", place="planning", notice_id=notice, body="已催办")
    call.spoil = lambda: api.close_notice(
        actor=officer("supervision", "supervisor"), at=LATER, notice_id=notice
    )
    return call


def _open_notice() -> Call:
    world = accepted()
    words = {"case_id": world.id, "organisation": "planning", "body": "请说明超期原因"}
    return Call(api.open_notice, officer("supervision", "supervisor"), words)


def _rate() -> Call:
    world = decided()
    call = by_citizen(api.rate_case, world, case_id=world.id, level=5)
    call.spoil = call
    return call


def _reply_rating() -> Call:
    world = decided()
    api.rate_case(actor=world.citizen, at=MONDAY, case_id=world.id, level=1)
    call = by_officer(api.reply_to_rating, "handler", case_id=world.id, reply="已改进")
    call.spoil = call
    return call


def _message() -> Call:
    world = accepted()
    return by_citizen(api.send_message, world, case_id=world.id, body="请问进度如何")


def _withdraw() -> Call:
    world = accepted()
    call = by_citizen(api.withdraw_case, world, case_id=world.id)
    call.spoil = world.withdraw
    return call


def _draft() -> tuple[Actor, int]:
    a_review_type()
    citizen = a_citizen()
    answers = {"name": "云谷数据中心", "departments": list(DEPARTMENTS)}
    saved = api.save_draft(actor=citizen, at=MONDAY, type_code="test_review", answers=answers)
    return citizen, saved.id


def _save_draft() -> Call:
    citizen, draft = _draft()
    words = {"type_code": "test_review", "answers": {"name": "新名"}, "draft_id": draft}
    call = Call(api.save_draft, citizen, words, elsewhere=a_citizen())
    call.spoil = lambda: api.discard_draft(actor=citizen, at=LATER, draft_id=draft)
    return call


def _of_draft(run: Callable[..., object]) -> Call:
    citizen, draft = _draft()
    call = Call(run, citizen, {"draft_id": draft}, elsewhere=a_citizen())
    call.spoil = call
    return call


def _open() -> Call:
    """Whoever is a person may apply; the item must be one that is done here."""
    a_review_type()
    answers = {"name": "云谷数据中心", "departments": list(DEPARTMENTS)}
    call = Call(api.open_case, a_citizen(), {"type_code": "test_review", "answers": answers})
    call.spoil = lambda: api.retire_type("test_review")
    return call


def _register() -> Call:
    a_review_type()
    applicant = Applicant(kind=ApplicantKind.PERSON, name="陈小明", person_id=a_citizen().person_id)
    answers = {"name": "云谷数据中心", "departments": list(DEPARTMENTS)}
    call = by_officer(
        api.register_at_counter, "window", type_code="test_review", applicant=applicant, answers=answers
    )
    call.spoil = lambda: api.retire_type("test_review")
    return call


def _book() -> Call:
    a_review_type(windows=[_WINDOW | {"slots_per_day": 1}])
    words = {"type_code": "test_review", "organisation": BODY, "day": date(2026, 3, 4), "slot": time(9, 0)}
    call = Call(api.book_appointment, officer(BODY, "window"), words, elsewhere=officer("water", "window"))
    call.spoil = call
    return call


def _appointment(*, called: bool) -> tuple[Actor, int]:
    a_review_type(windows=[_WINDOW])
    citizen = a_citizen()
    booked = api.book_appointment(
        actor=citizen,
        at=MONDAY,
        type_code="test_review",
        organisation=BODY,
        day=LATER.date(),
        slot=time(14, 30),
    )
    if called:
        api.call_next(actor=officer(BODY, "window"), at=LATER, organisation=BODY, window="3")
    return citizen, booked.id


def _cancel() -> Call:
    citizen, booked = _appointment(called=False)
    call = Call(api.cancel_appointment, citizen, {"appointment_id": booked}, elsewhere=a_citizen())
    call.spoil = call
    return call


def _call_next() -> Call:
    _appointment(called=False)
    call = by_officer(api.call_next, "window", organisation=BODY, window="3")
    call.spoil = call
    return call


def _finish() -> Call:
    _, booked = _appointment(called=True)
    call = by_officer(api.finish_appointment, "window", appointment_id=booked)
    call.spoil = call
    return call


def _silence() -> Call:
    world = accepted(silence="granted")
    clock = Clock.objects.exclude(silence="").get(case_id=world.id, task_id=None)
    return Call(accept_silence, TIMERS, {"clock_id": clock.pk}, at=MONDAY + timedelta(days=60))


def _timer() -> Call:
    world = _with_supplement(opened())
    timer = Timer.objects.get(case_id=world.id)
    return Call(fire_timer, TIMERS, {"timer_id": timer.pk}, at=timer.fires_at)


def _card() -> Call:
    world = accepted()
    clock = Clock.objects.get(case_id=world.id, kind="case_promised")
    return Call(issue_card, loops.CARDS, {"clock_id": clock.pk}, at=MONDAY + timedelta(days=60))


def _lapse() -> Call:
    world = accepted()
    api.request_supplement(
        actor=officer("fire", "reviewer"),
        at=MONDAY,
        case_id=world.id,
        items=(SupplementItem(path="name", what="请写全称"),),
    )
    return Call(lapse_supplement, TIMERS, {"case_id": world.id}, at=MONDAY + timedelta(days=60))


def _letter() -> Call:
    decided()
    letter = Letter.objects.get()
    return Call(api.make_letter, Actor.system("letters"), {"letter_id": letter.pk})


def _calendar() -> Call:
    accepted()
    free = {"date": "2026-03-04", "working": False, "reason": {"zh": "停工", "en": "Closed"}}
    admin = officer("informatization", "city_admin")
    return Call(api.change_calendar, admin, {"definition": {"overrides": [free]}})


CALLS: dict[str, Callable[[], Call]] = {
    "accept_silence": _silence,
    "add_department": lambda: under_review(api.add_department, organisation="water"),
    "answer_supplement": _answer_supplement,
    "ask_extension": lambda: under_review(api.ask_extension, days=5, reason="案情复杂"),
    "book_appointment": _book,
    "call_next": _call_next,
    "cancel_appointment": _cancel,
    "change_calendar": _calendar,
    "claim_task": lambda: at_acceptance(api.claim_task),
    "close_notice": _close_notice,
    "complete_task": lambda: at_acceptance(api.complete_task, outcome="accept"),
    "decide_case": _decide,
    "decide_extension": _decide_extension,
    "discard_draft": lambda: _of_draft(api.discard_draft),
    "enclose": _enclose,
    "finish_appointment": _finish,
    "fire_timer": _timer,
    "give_opinion": _opinion,
    "issue_card": _card,
    "issue_licence": _issue_licence,
    "lapse_supplement": _lapse,
    "make_letter": _letter,
    "narrow_access": _narrow,
    "open_case": _open,
    "open_notice": _open_notice,
    "rate_case": _rate,
    "register_at_counter": _register,
    "release_task": _release,
    "remove_department": lambda: under_review(api.remove_department, organisation="fire"),
    "reply_notice": _reply_notice,
    "reply_to_rating": _reply_rating,
    "request_supplement": _request_supplement,
    "resume_clock": _resume,
    "return_case": _return,
    "revoke_licence": _revoke_licence,
    "save_draft": _save_draft,
    "send_message": _message,
    "signal_case": _signal,
    "stop_clock": lambda: under_review(api.stop_clock, ground=StopGround.HEARING, reason="听证"),
    "submit_draft": lambda: _of_draft(api.submit_draft),
    "take_back_enclosure": _take_back,
    "transfer_task": lambda: at_acceptance(api.transfer_task, to_organisation="fire", reason="职责所在"),
    "withdraw_case": _withdraw,
}
#: Refused in the state that its call finds: nothing in the test process waits for a message of others.
NEVER = {"signal_case"}
