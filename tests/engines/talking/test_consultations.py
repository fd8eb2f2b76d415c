"""B32: a draft put out for comment; every comment is answered with a reason, and the report balances."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yiwang.identity.testing import a_citizen, an_officer, signed_in
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import (
    AlreadyPutOut,
    AlreadyReported,
    CommentsClosed,
    CommentsUnanswered,
    ConsultationNotFound,
    OutTooShort,
    StillOpen,
    TooManyComments,
)
from yiwang.portal.talking.models import Comment, Consultation
from yiwang.portal.talking.rules.consulting import Balance, DraftKind, Outcome
from yiwang.portal.talking.web.consultations import COMMENT_PACE

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
OUT = datetime(2026, 3, 1, 9, 0, tzinfo=ZONE)
DURING, AFTER = OUT + timedelta(days=5), datetime(2026, 4, 1, 0, 0, tzinfo=ZONE)
TEXT = "# 第一条 目的\n为保护古树。\n# 第二条 范围\n本市古树。"


def a_draft(officer, *, closes_on: date = LAST, kind: DraftKind = DraftKind.RULE, **changes) -> int:
    said = {
        "title": Text("古树保护办法（草案）", "Old trees (draft)"),
        "summary": Text("保护古树名木。", "To protect old trees."),
        "text": TEXT,
        **changes,
    }
    return api.draft_consultation(
        actor=officer, at=OUT, kind=kind, opens_on=FIRST, closes_on=closes_on, **said
    )


@pytest.fixture
def heads():
    """Who drafts and answers at the parks, and who puts out and reports."""
    return an_officer("parks", roles={"handler"}), an_officer("parks", roles={"approver"})


def test_b32_every_comment_is_answered_before_a_report_that_balances(heads):
    handler, head = heads
    made = a_draft(handler)
    api.put_out_consultation(actor=head, at=OUT, consultation=made)
    outcomes = [Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.PARTLY, Outcome.ADOPTED, Outcome.NOT_ADOPTED]
    people = [a_citizen() for _ in outcomes]
    comments = [
        api.give_comment(actor=who, at=DURING, consultation=made, section=place % 3, body=f"意见{place}")
        for place, who in enumerate(people)
    ]

    with pytest.raises(StillOpen):
        api.report_consultation(
            actor=head, at=AFTER - timedelta(seconds=1), consultation=made, conclusion="无"
        )
    for comment, outcome in list(zip(comments, outcomes, strict=True))[:-1]:
        api.answer_comment(
            actor=handler, at=AFTER, comment=comment, outcome=outcome, reason="依据充分", shown="意见"
        )
    with pytest.raises(CommentsUnanswered) as refused:
        api.report_consultation(actor=head, at=AFTER, consultation=made, conclusion="已研究。")
    assert refused.value.unanswered == 1
    assert Consultation.objects.get(pk=made).reported_at is None
    for reason, shown in (("", "意见"), ("  ", "意见"), ("可行", ""), ("可行", "请打13800138000")):
        with pytest.raises(InvalidInput):
            api.answer_comment(
                actor=handler,
                at=AFTER,
                comment=comments[-1],
                outcome=outcomes[-1],
                reason=reason,
                shown=shown,
            )
    assert Comment.objects.get(pk=comments[-1]).outcome == ""
    api.answer_comment(
        actor=handler,
        at=AFTER,
        comment=comments[-1],
        outcome=outcomes[-1],
        reason="与上位法不符",
        shown="意见",
    )
    balance = api.report_consultation(actor=head, at=AFTER, consultation=made, conclusion="已研究。")

    told = Counter(Comment.objects.filter(consultation=made).values_list("outcome", flat=True))
    assert balance == Balance(comments=5, adopted=2, partly=1, not_adopted=2)
    assert (
        balance.comments
        == len(comments)
        == sum(told.values())
        == told["adopted"] + told["partly"] + told["not_adopted"]
    )
    assert api.public_consultation(made, at=AFTER).balance == balance
    with pytest.raises(AlreadyReported):
        api.answer_comment(
            actor=handler, at=AFTER, comment=comments[0], outcome=Outcome.PARTLY, reason="改", shown="意见"
        )
    with pytest.raises(CommentsClosed):
        api.give_comment(actor=people[0], at=AFTER, consultation=made, body="迟到")
    assert Comment.objects.filter(consultation=made).count() == 5


def test_b32_it_is_out_as_long_as_the_law_wants_and_stands_as_it_was_read(heads):
    handler, head = heads
    short = a_draft(handler, closes_on=LAST - timedelta(days=1))
    stranger = an_officer("planning", roles={"approver"})

    with pytest.raises(OutTooShort) as refused:
        api.put_out_consultation(actor=head, at=OUT, consultation=short)
    assert refused.value.least == 30
    with pytest.raises(OperationNotAllowed):
        api.put_out_consultation(actor=handler, at=OUT, consultation=short)
    with pytest.raises(OperationNotAllowed):
        api.put_out_consultation(actor=stranger, at=OUT, consultation=short)
    with pytest.raises(ConsultationNotFound):
        api.public_consultation(short, at=OUT)
    with pytest.raises(ConsultationNotFound):
        api.give_comment(actor=a_citizen(), at=DURING, consultation=short, body="意见")
    made = a_draft(handler)
    api.put_out_consultation(actor=head, at=OUT, consultation=made)
    with pytest.raises(AlreadyPutOut):
        a_draft(handler, consultation=made, text="# 改\n改")
    with pytest.raises(CommentsClosed):
        api.give_comment(actor=a_citizen(), at=OUT, consultation=made, body="太早")

    shown = api.public_consultation(made, at=DURING)
    assert [(part.number, part.title) for part in shown.sections] == [(1, "第一条 目的"), (2, "第二条 范围")]
    assert Consultation.objects.get(pk=short).put_out_at is None
    assert not Comment.objects.exists()


def test_b32_one_person_says_so_much_on_a_draft(heads):
    handler, head = heads
    made = a_draft(handler)
    api.put_out_consultation(actor=head, at=OUT, consultation=made)
    who = a_citizen()
    for _ in range(20):
        api.give_comment(actor=who, at=DURING, consultation=made, body="意见")

    with pytest.raises(TooManyComments):
        api.give_comment(actor=who, at=DURING, consultation=made, body="意见")
    with pytest.raises(InvalidInput):
        api.give_comment(actor=a_citizen(), at=DURING, consultation=made, body="长" * 2001)
    with pytest.raises(ConsultationNotFound):
        api.give_comment(actor=a_citizen(), at=DURING, consultation=made, section=3, body="意见")

    assert Comment.objects.filter(consultation=made).count() == 20


def test_b32_from_the_desk_to_the_public_page_and_back(client, heads):
    handler, head = (signed_in(each) for each in heads)
    today = datetime.now(ZONE).date()
    end = today + timedelta(days=40)
    sent = {
        "kind": "rule", "title_zh": "办法<script>", "title_en": "Rules",
        "summary_zh": "说明", "summary_en": "Why",
        "text": TEXT, "opens_on-year": today.year, "opens_on-month": today.month, "opens_on-day": today.day,
        "closes_on-year": end.year, "closes_on-month": end.month, "closes_on-day": end.day,
    }  # fmt: skip
    assert (
        handler.post("/desk/talking/consultations/new/", {**sent, "closes_on-day": "41"}).status_code == 422
    )
    address = handler.post("/desk/talking/consultations/new/", sent).headers["Location"]
    made = Consultation.objects.get().pk
    assert handler.post(f"{address}put-out/").status_code == 403
    assert head.post(f"{address}put-out/").status_code == 302

    COMMENT_PACE.forget()
    person, page = signed_in(a_citizen()), f"/mailbox/consultations/{made}/"
    assert "对本节提意见" in client.get(page).content.decode()
    assert client.get(f"{page}1/").status_code == 302
    assert person.post(f"{page}1/", {"body": "长" * 2001}).status_code == 422
    assert person.post(f"{page}1/", {"body": "<b>我</b>电话13800138000"}).status_code == 302
    assert person.post(f"{page}1/", {"body": "又一条"}).status_code == 429
    comment = Comment.objects.get()
    listed = handler.get(address).content.decode()
    assert "&lt;b&gt;我&lt;/b&gt;" in listed
    assert "＊＊＊" in handler.get(f"/desk/talking/comments/{comment.pk}/").content.decode()
    said = {"outcome": "partly", "reason": "部分可行", "shown": "我的意见"}
    assert handler.post(f"/desk/talking/comments/{comment.pk}/", {**said, "reason": ""}).status_code == 422
    assert handler.post(f"/desk/talking/comments/{comment.pk}/", said).status_code == 302
    head.post(f"{address}report/", {"conclusion": "已研究"})
    assert Consultation.objects.get().reported_at is None
    Consultation.objects.update(closes_on=today - timedelta(days=1), opens_on=today - timedelta(days=40))
    assert head.post(f"{address}report/", {"conclusion": "已研究"}).status_code == 302

    for prefix, word in (("", "部分采纳"), ("/en", "Partly adopted")):
        shown = client.get(f"{prefix}{page}").content.decode()
        assert word in shown
        assert "部分可行" in shown
        assert "13800138000" not in shown
        assert "<script>" not in shown.replace('<script src="', "")
        assert client.get(f"{prefix}/mailbox/consultations/").status_code == 200
