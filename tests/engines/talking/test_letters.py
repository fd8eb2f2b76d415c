"""B31: a letter from the page to the desk to the database, published with a yes from both sides."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.engines.talking.letters import LETTER, a_letter, answered, officers, routed

from yiwang.cases import api
from yiwang.cases.contracts import CaseNotFound, EnoughToday, SameOfficer
from yiwang.cases.models import Case, CaseEvent, Clock, Message, Task
from yiwang.cases.testing import open_task
from yiwang.identity.testing import a_citizen, an_officer, signed_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.portal.search.indexing import read_waiting
from yiwang.portal.search.models import Indexed
from yiwang.portal.talking import api as talking
from yiwang.portal.talking.contracts import AlreadyJudged, LetterNotFound, NotAgreed
from yiwang.portal.talking.models import Letter

pytestmark = pytest.mark.django_db
#: A Monday, ten in the morning.
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def test_b31_a_letter_is_passed_on_answered_reviewed_and_sent():
    writer = a_citizen()
    letter = a_letter(MONDAY, writer=writer)
    desk = an_officer("general_office", roles={"handler"})
    handler, reviewer = officers("transport")
    task = open_task(letter.case_id, "route")

    with pytest.raises(OperationNotAllowed):
        api.complete_task(actor=handler, at=MONDAY, task_id=task, outcome="done", organisation="transport")
    with pytest.raises(InvalidInput):
        api.complete_task(actor=desk, at=MONDAY, task_id=task, outcome="done", organisation="no_such_office")
    assert Case.objects.get(pk=letter.case_id).organisation == "general_office"

    routed(letter.case_id, "planning", MONDAY, desk=desk)
    other = an_officer("planning", roles={"handler"})
    answer = open_task(letter.case_id, "answer")
    api.complete_task(actor=other, at=later(1), task_id=answer, outcome="return", note="属市交委职责")
    routed(letter.case_id, "transport", later(1), desk=desk)
    answer = open_task(letter.case_id, "answer")
    with pytest.raises(InvalidInput):
        api.complete_task(actor=handler, at=later(1), task_id=answer, outcome="done", note="  ")
    api.complete_task(actor=handler, at=later(1), task_id=answer, outcome="done", note="初稿")
    review = open_task(letter.case_id, "review")
    api.complete_task(actor=reviewer, at=later(2), task_id=review, outcome="return", note="请写明日期")
    answer = open_task(letter.case_id, "answer")
    api.complete_task(actor=handler, at=later(2), task_id=answer, outcome="done", note="三月十日起加密。")
    assert not Message.objects.filter(case_id=letter.case_id).exists()
    review = open_task(letter.case_id, "review")
    api.complete_task(actor=reviewer, at=later(2), task_id=review, outcome="done", note="同意")

    row = Case.objects.get(pk=letter.case_id)
    assert (row.phase, row.outcome, row.organisation) == ("closed", "answered", "transport")
    sent = Message.objects.get(case_id=letter.case_id)
    assert (sent.body, sent.organisation, sent.from_applicant) == ("三月十日起加密。", "transport", False)
    clock = Clock.objects.get(case_id=letter.case_id, kind="case_promised")
    assert (clock.organisation, clock.amount, clock.consumed) == ("transport", 5, 1)
    routes = CaseEvent.objects.filter(case_id=letter.case_id, act="case_routed").order_by("id")
    assert [event.detail for event in routes] == [{"to": "planning"}, {"to": "transport"}]
    followed = api.track(number=letter.number, code=letter.tracking_code, at=later(3))
    assert [event.sentence.zh for event in followed.timeline].count("交由市交委办理") == 1


def test_b31_nobody_reviews_the_reply_that_he_wrote():
    letter = a_letter(MONDAY)
    routed(letter.case_id, "transport", MONDAY)
    alone = an_officer("transport", roles={"handler", "reviewer"})
    answer = open_task(letter.case_id, "answer")
    api.complete_task(actor=alone, at=MONDAY, task_id=answer, outcome="done", note="答复")
    review = open_task(letter.case_id, "review")

    with pytest.raises(SameOfficer):
        api.complete_task(actor=alone, at=MONDAY, task_id=review, outcome="done", note="同意")

    assert Task.objects.get(pk=review).state == "open"
    assert not Message.objects.filter(case_id=letter.case_id).exists()


def test_b31_a_complaint_has_fifteen_working_days():
    letter = a_letter(MONDAY, kind="mailbox_complaint")

    clock = Clock.objects.get(case_id=letter.case_id, kind="case_promised")

    assert (clock.amount, clock.unit) == (15, "working_days")


def test_b31_nobody_sends_more_than_five_a_day():
    writer = a_citizen()
    for _ in range(5):
        a_letter(MONDAY, writer=writer)

    with pytest.raises(EnoughToday):
        a_letter(MONDAY, writer=writer)
    a_letter(MONDAY, writer=writer, kind="mailbox_complaint")
    a_letter(later(1), writer=writer)

    assert Case.objects.filter(person_id=writer.person_id).count() == 7


def test_b31_it_is_published_with_both_yeses_and_nothing_personal_left():
    letter = a_letter(MONDAY)
    routed(letter.case_id, "transport", MONDAY)
    answered(letter.case_id, "transport", later(1))
    words = {"number": letter.number, "subject": LETTER["subject"], "reply": "已加密班次。"}
    reviewer, stranger = officers("transport")[1], officers("planning")[1]

    with pytest.raises(OperationNotAllowed):
        talking.publish_letter(actor=stranger, at=later(2), letter="请加密班次。", **words)
    for written in (LETTER["letter"], "我是陈小明", "电话１３８　００１３　８０００", "", "长" * 5001):
        with pytest.raises(InvalidInput) as refused:
            talking.publish_letter(actor=reviewer, at=later(2), letter=written, **words)
        assert [problem.path for problem in refused.value.problems] == ["letter"]
    assert not Letter.objects.exists()
    shown = talking.publish_letter(actor=reviewer, at=later(2), letter="请加密班次。", **words)
    with pytest.raises(AlreadyJudged):
        talking.decline_letter(actor=reviewer, at=later(2), number=letter.number, reason="重复")

    read_waiting(later(2))
    assert [row.title_zh for row in Indexed.objects.filter(kind="letter")] == [LETTER["subject"]]
    public = talking.public_letter(shown)
    assert (public.letter, public.reply, public.organisation) == ("请加密班次。", "已加密班次。", "transport")
    assert [row.pk for row in talking.public_letters(words="加密 班次")] == [shown]
    assert list(talking.public_letters(words="加密 地铁")) == []
    talking.withdraw_letter(actor=reviewer, at=later(3), number=letter.number, reason="写信人要求")
    read_waiting(later(3))
    assert not Indexed.objects.filter(kind="letter").exists()
    with pytest.raises(LetterNotFound):
        talking.public_letter(shown)
    row = Letter.objects.get()
    assert (row.state, row.letter, row.reply) == ("withdrawn", "", "")


def test_b31_without_the_writers_yes_it_is_never_published():
    letter = a_letter(MONDAY, publish=False)
    routed(letter.case_id, "transport", MONDAY)
    answered(letter.case_id, "transport", later(1))
    reviewer = officers("transport")[1]

    with pytest.raises(NotAgreed):
        talking.publish_letter(
            actor=reviewer, at=later(2), number=letter.number, subject="题", letter="信", reply="复"
        )

    assert talking.waiting_letters(actor=reviewer) == ()
    assert not Letter.objects.exists()
    assert JournalEntry.objects.filter(operation="talking.letter.publish", outcome="done").count() == 0


def test_b31_an_unanswered_letter_is_none_to_publish():
    letter = a_letter(MONDAY)

    with pytest.raises(CaseNotFound):
        talking.publish_letter(
            actor=officers("general_office")[1], at=later(1), number=letter.number, subject="题", letter="信",
            reply="复",
        )  # fmt: skip


def test_b31_from_the_page_to_the_public_list(client):
    writer = a_citizen()
    at_home = signed_in(writer)
    hostile = "<script>alert(1)</script>请修路灯"
    sent = {**LETTER, "subject": hostile, "publish": "yes"}
    draft = at_home.post("/services/mailbox_question/apply/").headers["Location"]
    too_long = at_home.post(f"{draft}pages/letter/", {**sent, "letter": "长" * 3001})
    assert too_long.status_code == 422
    assert at_home.post(f"{draft}pages/letter/", sent).status_code == 302
    at_home.post(f"{draft}check/", {"declaration": "yes"})
    case = Case.objects.get(person_id=writer.person_id)
    desk = signed_in(an_officer("general_office", roles={"handler"}))
    handler, reviewer = officers("parks")

    def post(browser, node, **data):
        task = Task.objects.get(case=case, node=node, state="open")
        return browser.post(f"/desk/cases/{case.number}/tasks/{task.pk}/complete/", data)

    assert post(desk, "route", organisation="", note="").status_code == 422
    assert post(desk, "route", organisation="parks", note="").status_code == 302
    page = signed_in(handler).get(f"/desk/cases/{case.number}/").content.decode()
    assert "答复内容" in page
    assert "<script>alert" not in page
    assert post(signed_in(handler), "answer", outcome="done", note="路灯已修。").status_code == 302
    assert "路灯已修。" in signed_in(reviewer).get(f"/desk/cases/{case.number}/").content.decode()
    assert post(signed_in(reviewer), "review", outcome="done", note="").status_code == 302
    assert "路灯已修。" in at_home.get(f"/space/cases/{case.pk}/").content.decode()

    officer = signed_in(reviewer)
    listed = officer.get("/desk/talking/letters/").content.decode()
    assert case.number in listed
    address = f"/desk/talking/letters/{case.number}/"
    form = officer.get(address).content.decode()
    assert "我的电话是＊＊＊" in form
    words = {"subject": hostile, "letter": "请修路灯。", "reply": "路灯已修。", "verdict": "publish"}
    assert officer.post(address, {**words, "letter": LETTER["letter"]}).status_code == 422
    assert officer.post(address, {**words, "verdict": "decline"}).status_code == 422
    assert officer.post(address, words).status_code == 302

    shown = Letter.objects.get().pk
    for path in ("/mailbox/", "/mailbox/letters/?q=路灯", f"/mailbox/letters/{shown}/", "/mailbox/figures/"):
        for prefix in ("", "/en"):
            answer = client.get(f"{prefix}{path}")
            assert answer.status_code == 200
            assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;" in client.get("/mailbox/letters/").content.decode()
    assert client.get("/mailbox/letters/999999/").status_code == 404


def test_b31_figures_count_what_happened_and_hide_small_counts(client):
    now = timezone.now()
    sent = now - timedelta(days=3)
    for _ in range(6):
        letter = a_letter(sent)
        routed(letter.case_id, "transport", sent)
        answered(letter.case_id, "transport", sent)
    for _ in range(2):
        routed(a_letter(sent).case_id, "parks", sent)

    rows = talking.letter_rows(since=now - timedelta(days=30), until=now - timedelta(days=1))

    assert [(row.organisation, row.received, row.answered, row.on_time) for row in rows] == [
        ("parks", 2, 0, 0),
        ("transport", 6, 6, 6),
    ]
    page = client.get("/mailbox/figures/").content.decode()
    assert "市市政园林局" not in page


def test_e13_the_department_asks_back_and_the_writer_answers_inside_the_case():
    writer = a_citizen()
    letter = a_letter(MONDAY, writer=writer)
    routed(letter.case_id, "transport", MONDAY)
    handler, _ = officers("transport")

    api.send_message(actor=handler, at=later(1), case_id=letter.case_id, body="哪一站？")
    api.send_message(actor=writer, at=later(1), case_id=letter.case_id, body="<b>北站</b>")
    with pytest.raises(CaseNotFound):
        api.send_message(actor=a_citizen(), at=later(1), case_id=letter.case_id, body="我也说")
    with pytest.raises(InvalidInput):
        api.send_message(actor=writer, at=later(1), case_id=letter.case_id, body="长" * 5001)

    said = Message.objects.filter(case_id=letter.case_id).order_by("id")
    assert [(one.from_applicant, one.organisation, one.body) for one in said] == [
        (False, "transport", "哪一站？"),
        (True, "", "<b>北站</b>"),
    ]
    page = signed_in(writer).get(f"/space/cases/{letter.case_id}/").content.decode()
    assert "哪一站？" in page
    assert "&lt;b&gt;北站&lt;/b&gt;" in page
