"""A request from its receipt to the sealed answer, and what the law has happen on the way."""

from __future__ import annotations

from datetime import date

import pytest
from tests.packs.disclosure.acts import (
    AGENCY,
    ASKED,
    GRANTED,
    REVIEWED,
    a_confirmed,
    a_request,
    a_reviewed,
    a_searched,
    case,
    day,
    due,
    limit,
    step,
)

from yiwang.cases import api
from yiwang.cases.contracts import (
    Applicant,
    ApplicantKind,
    Channel,
    ExtensionAlreadyUsed,
    ExtensionTooLong,
    StopGround,
    SupplementAlreadyAsked,
    SupplementItem,
)
from yiwang.cases.contracts.errors import (
    ClockNotStopped,
    GroundNotDeclared,
    ResultNotFit,
    RoleMissing,
    SupplementTooLate,
    WrongPhase,
)
from yiwang.cases.loops import lapses, silences, timers
from yiwang.cases.models import Case, CaseEvent, ClockStop, Decision, Letter, Supplement, Task
from yiwang.cases.queries.decisions import decided_by
from yiwang.cases.queries.letter_content import letter_data
from yiwang.cases.testing import MONDAY, officer, open_task
from yiwang.identity.testing import a_citizen
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import Actor, OperationNotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asking_city")]


def by_hand(channel: Channel, **more: object) -> int:
    citizen = a_citizen()
    applicant = Applicant(kind=ApplicantKind.PERSON, name=citizen.name, person_id=citizen.person_id)
    return api.register_at_counter(
        actor=officer("service_centre", "window"),
        at=MONDAY,
        type_code="disclosure_request",
        applicant=applicant,
        answers=ASKED,
        channel=channel,
        **more,  # type: ignore[arg-type]
    ).case_id


def test_b1_the_content_of_article_29_is_asked_and_the_guidance_leads_elsewhere():
    whole = case(a_request().case_id)
    assert (whole.organisation, whole.title, whole.phase) == (AGENCY, ASKED["subject"], "received")
    for missing in ("name", "phone", "subject", "description", "medium", "way", "identity_kind"):
        with pytest.raises(InvalidInput) as refused:
            a_request(**{missing: None})
        assert [problem.path for problem in refused.value.problems] == [missing]
    assert Case.objects.count() == 1

    said = {"answers": {"wanted": "company"}}
    kind = api.case_type("disclosure_request")
    guided = decided_by(kind, "disclosure_guidance", said, at=MONDAY)
    assert isinstance(guided, dict)
    assert (guided["eligible"], guided["reason_zh"]) == (
        False,
        "登记资料按登记机关专门的查询办法查询，不适用政府信息公开申请（条例第三十六条第七项）。",
    )


def test_b3_the_day_of_receipt_follows_the_channel():
    online = a_request().case_id
    assert case(online).accepted_at is None
    step(online, "confirm", role="window", outcome="accept", at=day(3, 4))
    assert limit(online).started_at == day(3, 4)
    assert due(online) == date(2026, 4, 1)

    in_person = by_hand(Channel.COUNTER)
    assert (limit(in_person).started_at, due(in_person)) == (MONDAY, date(2026, 3, 30))

    signed_for = by_hand(Channel.POST, signed_on=date(2026, 2, 27))
    assert (limit(signed_for).started_at, due(signed_for)) == (day(2, 27, 0), date(2026, 3, 26))

    ordinary = by_hand(Channel.POST)
    assert case(ordinary).accepted_at is None
    assert open_task(ordinary, "confirm")


def test_b3_nobody_has_signed_tomorrow_or_at_the_counter():
    for channel, signed in ((Channel.POST, date(2026, 3, 3)), (Channel.COUNTER, date(2026, 3, 2))):
        with pytest.raises(InvalidInput) as refused:
            by_hand(channel, signed_on=signed)
        assert [problem.path for problem in refused.value.problems] == ["signed_on"]
    assert Case.objects.count() == 0


def test_b3_the_seven_days_of_the_correction_count_from_the_signature():
    case_id = by_hand(Channel.POST, signed_on=date(2026, 2, 27))

    [clock] = Task.objects.get(pk=open_task(case_id, "check")).case.clocks.filter(limit_key="correction")
    # Saturday 28 February made up for the Spring Festival and counts.
    assert clock.due_at == day(3, 9, 17)


def test_b4_the_limit_is_extended_once_by_at_most_twenty_days_and_the_applicant_is_told():
    case_id = a_searched()
    assert due(case_id) == date(2026, 3, 30)
    handler = officer(AGENCY, "handler")
    with pytest.raises(ExtensionTooLong):
        api.ask_extension(actor=handler, at=MONDAY, case_id=case_id, days=21, reason="档案分散")

    api.ask_extension(actor=handler, at=MONDAY, case_id=case_id, days=20, reason="档案分散")
    assert due(case_id) == date(2026, 3, 30)
    with pytest.raises(OperationNotAllowed):
        api.decide_extension(actor=officer(AGENCY, "handler"), at=MONDAY, case_id=case_id, grant=True)
    api.decide_extension(actor=officer(AGENCY, "approver"), at=MONDAY, case_id=case_id, grant=True)

    assert due(case_id) == date(2026, 4, 28)
    assert list(Letter.objects.values_list("kind", flat=True)) == ["extension"]
    with pytest.raises(ExtensionAlreadyUsed):
        api.ask_extension(actor=handler, at=MONDAY, case_id=case_id, days=1, reason="再延")


WRONG = (SupplementItem(path="description", what="请写明道路起止点"),)


def corrected_at(case_id: int, applicant: Actor, at) -> None:
    answers = {"description": "东风中路（解放北路至越秀北路）改造规划批复"}
    api.answer_supplement(actor=applicant, at=at, case_id=case_id, answers=answers)


def test_b5_corrections_are_asked_once_within_seven_days_and_the_limit_begins_again():
    citizen = a_citizen()
    case_id = a_confirmed(applicant=citizen)
    handler = officer(AGENCY, "handler")
    api.request_supplement(actor=handler, at=day(3, 11), case_id=case_id, items=WRONG)
    asked = Supplement.objects.get()
    # Fifteen working days, not the thirty days of the licensing law.
    assert asked.answer_until == day(4, 1, 17)
    assert limit(case_id).due_at is None
    [letter] = Letter.objects.all()
    [opening, _, within] = letter_data(letter, on=date(2026, 3, 11))["body"]
    assert "政府信息公开条例（国务院令第711号）第三十条" in opening["text"]["zh"]
    assert within["facts"][0]["value"] == {"zh": "15个工作日内", "en": "15 working days"}

    corrected_at(case_id, citizen, day(3, 18))

    assert (limit(case_id).started_at, due(case_id)) == (day(3, 18), date(2026, 4, 16))
    assert case(case_id).accepted_at == MONDAY
    with pytest.raises(SupplementAlreadyAsked):
        api.request_supplement(actor=handler, at=day(3, 19), case_id=case_id, items=WRONG)


def test_b5_on_the_eighth_day_it_is_too_late_to_ask():
    case_id = a_confirmed()

    with pytest.raises(SupplementTooLate) as refused:
        api.request_supplement(actor=officer(AGENCY, "handler"), at=day(3, 12), case_id=case_id, items=WRONG)

    assert refused.value.until == "2026-03-11"
    assert (Supplement.objects.count(), Letter.objects.count(), due(case_id)) == (0, 0, date(2026, 3, 30))


def test_b5_what_is_not_corrected_lapses_as_its_own_row_of_the_table():
    case_id = a_confirmed()
    api.request_supplement(actor=officer(AGENCY, "handler"), at=day(3, 3), case_id=case_id, items=WRONG)
    assert lapses(day(3, 24, 16)) == 0

    assert lapses(day(3, 25, 9)) == 1

    ended = case(case_id)
    assert (ended.phase, ended.outcome, ended.result) == ("lapsed", "lapsed", "not_corrected")
    assert Decision.objects.count() == 0


def test_b6_the_third_party_is_heard_while_the_limit_stands_still():
    case_id = a_searched(found={"third_party": True, "third_party_name": "广州云山建材有限公司"})
    [stop] = ClockStop.objects.filter(ground="third_party", clock__kind="case_statutory")
    assert (stop.since, stop.until, stop.expected_days) == (MONDAY, None, 21)
    assert (case(case_id).phase, limit(case_id).due_at) == ("stopped", None)
    # The clock of the consultation itself runs.
    assert Task.objects.get(node="third_party").clock.due_at == day(3, 23, 17)

    said = {"third_party_answer": "consents", "third_party_answered_on": "2026-03-11"}
    step(case_id, "third_party", at=day(3, 11), found=said)

    assert case(case_id).phase == "in_review"
    # 3 to 10 March are six working days that are not counted.
    assert due(case_id) == date(2026, 4, 8)
    assert case(case_id).data["findings"]["third_party_answer"] == "consents"


def test_b6_a_silent_third_party_is_waited_for_fifteen_working_days():
    case_id = a_searched(found={"third_party": True, "third_party_name": "广州云山建材有限公司"})
    assert timers(day(3, 23, 16)) == 0

    assert timers(day(3, 23, 18)) == 1

    assert case(case_id).phase == "in_review"
    assert open_task(case_id, "draft")
    assert Task.objects.get(node="third_party").state == "cancelled"
    assert "third_party_answer" not in case(case_id).data["findings"]
    assert due(case_id) == date(2026, 4, 21)


def test_b7_agencies_of_joint_origin_answer_within_fifteen_days_and_silence_is_consent():
    case_id = a_searched(found={"joint_bodies": ["construction", "transport"]})
    children = {child.organisation: child.pk for child in Case.objects.filter(parent_id=case_id)}
    assert set(children) == {"construction", "transport"}
    assert {due(child) for child in children.values()} == {date(2026, 3, 23)}
    assert limit(case_id).due_at is None

    for node, role, outcome in (("examine", "handler", "done"), ("give_opinion", "approver", "refuse")):
        api.complete_task(
            actor=officer("construction", role),
            at=day(3, 9),
            task_id=open_task(children["construction"], node),
            outcome=outcome,
            note="施工图尚未定稿",
        )
    assert case(case_id).phase == "stopped"
    assert silences(day(3, 23, 18)) == 1

    opinions = api.case_for_officer(actor=officer(AGENCY, "handler"), at=day(3, 24), case_id=case_id).opinions
    assert {(said.organisation, said.verdict) for said in opinions} == {
        ("construction", "refuse"),
        ("transport", "approve"),
    }
    assert case(case_id).phase == "in_review"
    assert due(case_id) == date(2026, 4, 21)


def test_b6_b7_both_at_once_and_the_limit_goes_on_after_the_last():
    found = {"third_party": True, "third_party_name": "某公司", "joint_bodies": ["construction"]}
    case_id = a_searched(found=found)
    said = {
        "third_party_answer": "objects",
        "third_party_reasons": "商业秘密",
        "third_party_answered_on": "2026-03-05",
    }
    step(case_id, "third_party", at=day(3, 5), found=said)
    assert (case(case_id).phase, limit(case_id).due_at) == ("stopped", None)

    assert silences(day(3, 23, 18)) == 1

    assert (case(case_id).phase, due(case_id)) == ("in_review", date(2026, 4, 21))


def test_b9_the_deadline_is_derived_day_by_day():
    case_id = a_searched(found={"third_party": True, "third_party_name": "某公司"})
    said = {"third_party_answer": "consents", "third_party_answered_on": "2026-03-11"}
    step(case_id, "third_party", at=day(3, 11), found=said)

    lines = api.clock_explanation(
        actor=officer(AGENCY, "handler"), clock_id=limit(case_id).pk, at=day(3, 12)
    ).lines

    assert [(f"{line.date:%m%d}", line.counted, line.total, line.kind) for line in lines[:12]] == [
        ("0302", 0, 0, "start_day"),
        *((f"030{n}", 0, 0, "stopped") for n in (3, 4, 5, 6)),
        ("0307", 0, 0, "weekend"),
        ("0308", 0, 0, "weekend"),
        ("0309", 0, 0, "stopped"),
        ("0310", 0, 0, "stopped"),
        ("0311", 1, 1, "counted"),
        ("0312", 1, 2, "counted"),
        ("0313", 1, 3, "counted"),
    ]
    assert (lines[-1].date, lines[-1].total, lines[-1].due) == (date(2026, 4, 8), 20, True)
    assert [line.date for line in lines if line.kind == "holiday"] == [
        date(2026, 4, 4),
        date(2026, 4, 5),
        date(2026, 4, 6),
    ]


def test_b11_the_answer_has_number_grounds_article_remedies():
    refused = {"nature": "information", "clear": True, "holding": "not_held"}
    case_id = a_reviewed(found=refused)

    step(case_id, "sign_refusal", role="approver", outcome="refuse", grounds="经检索，本机关未制作该信息")

    decision = Decision.objects.get()
    assert (decision.outcome, decision.articles) == (
        "refuse",
        ["中华人民共和国政府信息公开条例（国务院令第711号）第三十六条第四项、第五项"],
    )
    assert case(case_id).result == "not_held"
    [letter] = Letter.objects.all()
    data = letter_data(letter, on=date(2026, 3, 2))
    [_, stated] = data["body"]
    shown = {fact["label"]["zh"]: fact["value"]["zh"] for fact in stated["facts"]}
    assert data["title"]["zh"] == "政府信息公开申请答复书"
    assert data["issuer"]["zh"] == "广州市城市规划局"
    assert shown == {
        "申请的信息": "东风中路改造规划批复",
        "决定": "无法提供：本机关不掌握相关政府信息",
        "理由": "经检索，本机关未制作该信息",
        "依据": "中华人民共和国政府信息公开条例（国务院令第711号）第三十六条第四项、第五项",
        "文号": f"{case(case_id).number}-J",
    }
    assert "六十日内申请行政复议" in data["remedies"]["zh"]
    assert "六个月内" in data["remedies"]["zh"]


def test_b2_b13_an_answer_is_signed_only_after_the_review_and_served():
    case_id = a_searched()
    step(case_id, "draft", found=GRANTED)
    assert not Task.objects.filter(case_id=case_id, node="sign").exists()
    step(case_id, "review", role="reviewer", found={**REVIEWED, "privacy": "found", "cleared": None})
    # Something private was found: back to the draft, nothing to sign.
    step(case_id, "draft", found=GRANTED)
    step(case_id, "review", role="reviewer", found=REVIEWED)

    step(case_id, "sign", role="approver", outcome="approve")
    served = {"served_by": "online", "served_on": "2026-03-02"}
    step(case_id, "serve", role="window", found=served)

    ended = case(case_id)
    assert (ended.phase, ended.outcome, ended.result) == ("closed", "approve", "granted")
    reviews = CaseEvent.objects.filter(case_id=case_id, act="findings_kept", detail__node="review")
    assert [event.detail["form"] for event in reviews] == ["disclosure_review"] * 2
    assert {ended.data["findings"][key] for key in ("secrecy", "privacy")} == {"clear"}
    assert [task.node for task in Task.objects.filter(case_id=case_id).order_by("id")] == [
        "confirm",
        "check",
        "search",
        "draft",
        "review",
        "draft",
        "review",
        "sign",
        "serve",
    ]


def test_b13_findings_that_are_not_whole_change_nothing():
    case_id = a_searched()

    with pytest.raises(InvalidInput) as refused:
        step(case_id, "draft", found={"nature": "information", "clear": True})

    assert [problem.path for problem in refused.value.problems] == ["holding"]
    assert "nature" not in case(case_id).data["findings"]
    assert Task.objects.get(node="draft").state == "open"


def test_b2_while_others_are_asked_nothing_else_is_done_and_no_other_role_answers_for_them():
    case_id = a_searched(found={"third_party": True, "third_party_name": "某公司"})

    with pytest.raises(RoleMissing):
        step(case_id, "third_party", role="window", found={"third_party_answer": "consents"})
    handler = officer(AGENCY, "handler")
    with pytest.raises(ClockNotStopped):
        api.resume_clock(actor=handler, at=MONDAY, case_id=case_id, note="不等了")
    with pytest.raises(WrongPhase):
        api.request_supplement(actor=officer(AGENCY, "handler"), at=MONDAY, case_id=case_id, items=WRONG)

    assert (case(case_id).phase, limit(case_id).due_at) == ("stopped", None)
    assert Supplement.objects.count() == 0


def test_b4_nobody_stops_the_limit_without_consulting_anybody():
    case_id = a_confirmed()
    handler = officer(AGENCY, "handler")

    with pytest.raises(GroundNotDeclared):
        api.stop_clock(
            actor=handler, at=MONDAY, case_id=case_id, ground=StopGround.THIRD_PARTY, expected_days=10
        )

    assert "cases.clock.stop" not in api.case_for_officer(actor=handler, at=MONDAY, case_id=case_id).may
    assert (ClockStop.objects.count(), due(case_id)) == (0, date(2026, 3, 30))


def test_b10_a_decision_that_the_findings_do_not_bear_is_refused():
    case_id = a_reviewed()
    Case.objects.filter(pk=case_id).update(data={"findings": {}, "disclosure_result": {"kind": "not_held"}})

    with pytest.raises(ResultNotFit):
        step(case_id, "sign", role="approver", outcome="approve")

    assert Decision.objects.count() == 0
    assert case(case_id).result == ""


def test_b10_a_withdrawn_request_counts_among_the_others():
    citizen = a_citizen()
    case_id = a_confirmed(applicant=citizen)

    api.withdraw_case(actor=citizen, at=MONDAY, case_id=case_id, reason="已自行找到")

    assert (case(case_id).phase, case(case_id).result) == ("withdrawn", "other")


def test_b2_somebody_elses_officer_has_no_part_in_it():
    case_id = a_confirmed()
    task = open_task(case_id, "check")

    with pytest.raises(OperationNotAllowed):
        api.complete_task(actor=officer("health", "handler"), at=MONDAY, task_id=task, outcome="done")

    assert Task.objects.get(pk=task).state == "open"
