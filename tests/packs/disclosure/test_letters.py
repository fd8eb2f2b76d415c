"""Letters to those who are asked, and the fee: notice, payment, lapse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.packs.disclosure.acts import AGENCY, GRANTED, REVIEWED, a_searched, case, day, due, limit, step

from yiwang.cases import api
from yiwang.cases.contracts import EnclosureKind, SupplementItem
from yiwang.cases.contracts.errors import WrongPhase
from yiwang.cases.loops import timers
from yiwang.cases.models import Case, ClockStop, Enclosure, Letter, Task
from yiwang.cases.queries.letter_content import letter_data
from yiwang.cases.testing import MONDAY, officer, open_task
from yiwang.identity.testing import a_citizen, signed_in
from yiwang.platform.contracts import Actor
from yiwang.trust.models import SealUse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asking_city")]
FIRM = "广州云山建材有限公司"
ASKED_FIRM = {"third_party": True, "third_party_name": FIRM}
PAGES = {**GRANTED, "fee": "by_page", "fee_pages": 130}


def _said(letter: Letter) -> dict[str, Any]:
    return letter_data(letter, on=date(2026, 3, 2))


def _facts(letter: Letter) -> dict[str, str]:
    parts = [part["facts"] for part in _said(letter)["body"] if "facts" in part]
    return {fact["label"]["zh"]: fact["value"]["zh"] for facts in parts for fact in facts}


def test_b6_the_third_party_gets_a_sealed_letter_with_a_number_that_the_applicant_does_not_see():
    chen = a_citizen()
    case_id = a_searched(applicant=chen, found=ASKED_FIRM)

    letter = Letter.objects.get(kind="ask_third_party")
    said = _said(letter)
    assert (said["addressee"], said["issuer"]["zh"]) == (FIRM, "广州市城市规划局")
    assert said["number"] == f"{case(case_id).number}-W{letter.pk}"
    assert "十五个工作日内书面答复" in said["body"][-1]["text"]["zh"]
    assert "陈小明" not in str(said)
    assert api.make_letter(actor=Actor.system("letters"), at=MONDAY, letter_id=letter.pk)
    letter.refresh_from_db()
    assert SealUse.objects.filter(subject=f"case:{case_id}").count() == 1
    # To the applicant: that a third party is heard, with its own number; the letter itself is out of reach.
    mine = api.case_for_applicant(actor=chen, at=MONDAY, case_id=case_id)
    assert [each.kind for each in mine.letters] == ["special_procedure"]
    space = signed_in(chen)
    for way in ("files", "corrections/files"):
        assert space.get(f"/space/cases/{case_id}/{way}/{letter.file_id}/").status_code == 404
    desk = signed_in(officer(AGENCY, "handler"))
    sealed = desk.get(f"/desk/cases/{case(case_id).number}/files/{letter.file_id}/")
    assert b"".join(sealed.streaming_content).startswith(b"%PDF")
    assert f"致 {FIRM}" in desk.get(f"/desk/cases/{case(case_id).number}/").content.decode()


def test_b6_what_the_third_party_wrote_stays_with_the_case_and_is_not_given_out():
    chen = a_citizen()
    case_id = a_searched(applicant=chen, found=ASKED_FIRM)
    api.enclose(
        actor=officer(AGENCY, "handler"),
        at=day(3, 5),
        case_id=case_id,
        kind=EnclosureKind.RECEIVED,
        name="意见书.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.4 a scan",
    )
    said = {
        "third_party_answer": "objects",
        "third_party_reasons": "商业秘密",
        "third_party_answered_on": "2026-03-01",
        "third_party_document": "云山函〔2026〕3号",
    }
    step(case_id, "third_party", at=day(3, 5), found=said)
    public = {"exception": "third_party_rights", "third_party_outcome": "public_interest", "fee": "none"}
    step(case_id, "draft", at=day(3, 5), found={**GRANTED, **public})
    step(case_id, "review", role="reviewer", at=day(3, 5), found={**REVIEWED, "privacy": "agreed"})
    step(case_id, "sign", role="approver", outcome="approve", at=day(3, 6))

    assert api.case_for_applicant(actor=chen, at=day(3, 6), case_id=case_id).enclosures == ()
    [received] = Enclosure.objects.filter(case_id=case_id)
    address = f"/space/cases/{case_id}/files/{received.file_id}/"
    assert signed_in(chen).get(address).status_code == 404
    assert case(case_id).data["findings"]["third_party_document"] == "云山函〔2026〕3号"
    # Art. 32: given against its will, so it is told what and why.
    told = Letter.objects.get(kind="tell_third_party")
    assert (_said(told)["addressee"], _facts(told)) == (FIRM, {"公开的内容": "批复全文一份，网上下载"})


def test_b7_each_agency_gets_a_letter_and_answers_with_one():
    case_id = a_searched(found={"joint_bodies": ["construction"]})
    child = Case.objects.get(parent_id=case_id)

    asked = Letter.objects.get(kind="ask_agency")
    assert (_said(asked)["addressee"], _said(asked)["issuer"]["zh"]) == (
        "广州市建设委员会",
        "广州市城市规划局",
    )
    for node, role, outcome in (("examine", "handler", "done"), ("give_opinion", "approver", "refuse")):
        api.complete_task(
            actor=officer("construction", role),
            at=day(3, 9),
            task_id=open_task(child.pk, node),
            outcome=outcome,
            note="施工图尚未定稿",
        )

    reply = Letter.objects.get(kind="reply_agency")
    assert (_said(reply)["addressee"], _said(reply)["issuer"]["zh"]) == (
        "广州市城市规划局",
        "广州市建设委员会",
    )
    assert _facts(reply) == {"是否同意公开": "不同意公开", "理由": "施工图尚未定稿"}
    assert (asked.case_id, reply.case_id, reply.asked_at) == (case_id, case_id, day(3, 9))


def test_b14_a_fee_that_is_due_is_notified_waited_for_and_recorded():
    case_id = a_searched()
    step(case_id, "draft", at=day(3, 4), found=PAGES)

    [letter] = Letter.objects.filter(kind="fee_notice")
    # Pages 31 to 100 at 10 yuan, 101 to 130 at 20.
    assert _facts(letter)["应缴金额（元）"] == "1,300"
    assert _said(letter)["addressee"] == case(case_id).applicant_name
    assert not Letter.objects.filter(kind="special_procedure").exists()
    assert (case(case_id).phase, limit(case_id).due_at) == ("stopped", None)
    assert ClockStop.objects.get(clock__kind="case_statutory").ground == "fee"
    # 4 March to 1 April: the Tomb Sweeping holiday comes later.
    assert Task.objects.get(node="pay").clock.due_at == day(4, 1, 17)
    with pytest.raises(WrongPhase):
        api.request_supplement(
            actor=officer(AGENCY, "handler"),
            at=day(3, 5),
            case_id=case_id,
            items=(SupplementItem(path="description", what="x"),),
        )

    step(case_id, "pay", at=day(3, 16), found={"paid_on": "2026-03-01", "receipt_number": "粤财 0012"})

    # The limit counts anew from the payment.
    assert (limit(case_id).started_at, due(case_id)) == (day(3, 16), date(2026, 4, 14))
    step(case_id, "review", role="reviewer", at=day(3, 17), outcome="return", found={})
    step(case_id, "draft", at=day(3, 17), found=PAGES)
    # Drafted once more: it is paid, and nobody is asked to pay twice.
    assert Letter.objects.filter(kind="fee_notice").count() == 1
    step(case_id, "review", role="reviewer", at=day(3, 18), found=REVIEWED)
    step(case_id, "sign", role="approver", outcome="approve", at=day(3, 18))
    assert case(case_id).result == "granted"


def test_b14_who_does_not_pay_in_time_has_given_the_request_up():
    case_id = a_searched()
    step(case_id, "draft", at=day(3, 4), found=PAGES)
    assert timers(day(4, 1, 16)) == 0

    assert timers(day(4, 1, 18)) == 1

    assert Task.objects.get(node="pay").state == "cancelled"
    assert case(case_id).data["disclosure_result"]["kind"] == "fee_unpaid"
    step(case_id, "review", role="reviewer", at=day(4, 2), found=REVIEWED)
    step(case_id, "sign_refusal", role="approver", outcome="refuse", at=day(4, 2), grounds="逾期未缴费")
    assert case(case_id).result == "fee_unpaid"


def test_b4_b5_the_letters_to_the_applicant_have_numbers_and_seals():
    chen = a_citizen()
    case_id = a_searched(applicant=chen)
    api.ask_extension(
        actor=officer(AGENCY, "handler"), at=MONDAY, case_id=case_id, days=20, reason="档案分散"
    )
    api.decide_extension(actor=officer(AGENCY, "approver"), at=MONDAY, case_id=case_id, grant=True)
    letter = Letter.objects.get(kind="extension")
    api.make_letter(actor=Actor.system("letters"), at=MONDAY, letter_id=letter.pk)

    [shown] = api.case_for_applicant(actor=chen, at=MONDAY, case_id=case_id).letters
    assert shown.number == f"{case(case_id).number}-W{letter.pk}"
    assert _facts(letter) == {"延长": "20个工作日", "理由": "档案分散"}
    assert shown.number in signed_in(chen).get(f"/space/cases/{case_id}/").content.decode()


def test_b13_no_way_through_the_process_leads_past_the_review():
    kind = api.case_type("disclosure_request")
    process = kind.process
    assert process is not None

    def reached(from_node: str, without: str) -> set[str]:
        seen, waiting = {from_node}, [from_node]
        while waiting:
            at = waiting.pop()
            hosts = [node.id for node in process.nodes if node.attached_to == at]
            for target in [*hosts, *(flow.target for flow in process.outgoing(at))]:
                if target != without and target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return seen

    assert {"sign", "sign_refusal", "answer", "serve"} <= reached("start", "")
    assert not {"sign", "sign_refusal", "answer", "serve"} & reached("start", "review")
    # And what the review did not clear goes back to the draft.
    [onward] = [flow for flow in process.outgoing("review_ways") if flow.target == "signs"]
    assert onward.condition is not None
    assert "findings.cleared" in onward.condition
