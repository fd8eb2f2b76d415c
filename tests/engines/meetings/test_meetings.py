"""S026: a notice is received on opening, answered by department, changed, cancelled and reminded of once."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from yiwang.identity.testing import a_citizen, an_officer, an_organisation, signed_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.portal.meetings import api
from yiwang.portal.meetings.contracts import (
    MeetingCancelled,
    MeetingNotFound,
    MeetingOver,
    NothingChanged,
)
from yiwang.portal.meetings.models import Attachment, Edition, Meeting, Receipt, Reminder, Reply
from yiwang.portal.meetings.rules.notices import Attendee, NoticeWords
from yiwang.portal.meetings.tasks import remind_of_replies
from yiwang.portal.testing import PDF

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = NoticeWords(
    subject="防汛工作会议", place="市政府一号楼", starts_at=AT + 5 * DAY, ends_at=AT + 5 * DAY + 2 * HOUR,
    attendance="各单位分管领导", body="一、部署防汛", contact="秘书处 020-81234567", reply_until=AT + 3 * DAY,
)  # fmt: skip
LI = Attendee(name="李建华", post="副局长")
INVITED = ("parks", "water", "transport")


@pytest.fixture(autouse=True)
def _offices() -> None:
    for code in ("general_office", *INVITED):
        an_organisation(code)


def office(
    organisation: str = "general_office", *, roles: set[str] | None = None, name: str = "钟振华"
) -> Actor:
    return an_officer(organisation, roles=roles or {"approver"}, name=name)


def called(*, by: Actor | None = None, **changed: object) -> int:
    words = replace(WORDS, **changed)
    return api.issue_meeting(actor=by or office(), at=AT, words=words, invited=INVITED)


def states(meeting: int, *, at: datetime = AT) -> dict[str, tuple[bool, bool]]:
    """By department: whether the last sending is read, and whether it is answered."""
    found = api.overview(actor=office(), meeting=meeting, at=at)
    return {
        one.organisation: (one.receipt is not None, one.reply is not None and one.reply.is_current)
        for one in found.invited
    }


def test_opening_is_received_once_for_each_officer_and_the_issuer_sees_who():
    made, parks = called(), office("parks", name="麦佩珊")
    assert states(made) == {"parks": (False, False), "water": (False, False), "transport": (False, False)}

    page = signed_in(parks)
    assert page.get(f"/desk/meetings/{made}/").status_code == 200
    page.get(f"/en/desk/meetings/{made}/")

    receipt = Receipt.objects.get()
    assert (receipt.edition, receipt.account_id, receipt.name) == (1, parks.account_id, "麦佩珊")
    assert receipt.post
    assert states(made)["parks"] == (True, False)
    found = api.overview(actor=office(), meeting=made, at=AT)
    assert (found.read, found.replied, found.coming) == (1, 0, 0)


def test_a_change_and_the_cancellation_are_received_and_answered_anew():
    made, issuer, parks = called(), office(), office("parks")
    api.receive_meeting(actor=parks, at=AT, meeting=made)
    api.answer_meeting(actor=parks, at=AT, meeting=made, people=[LI])
    assert states(made)["parks"] == (True, True)

    with pytest.raises(NothingChanged):
        api.change_meeting(actor=issuer, at=AT, meeting=made, words=WORDS, note="没有变")
    moved = replace(WORDS, place="市政府二号楼")
    an_organisation("health")
    assert (
        api.change_meeting(actor=issuer, at=AT, meeting=made, words=moved, note="换地点", also=["health"])
        == 2
    )
    assert states(made) == dict.fromkeys((*INVITED, "health"), (False, False))
    view, own = api.received(actor=parks, meeting=made, at=AT)
    assert (view.words.place, view.edition.note, own.reply.is_current) == ("市政府二号楼", "换地点", False)
    assert api.waiting_count("parks", at=AT) == 1

    api.cancel_meeting(actor=issuer, at=AT, meeting=made, reason="改为书面部署")
    assert api.waiting_count("parks", at=AT) == 1
    assert api.receive_meeting(actor=parks, at=AT, meeting=made)
    assert api.waiting_count("parks", at=AT) == 0
    for late in (
        lambda: api.answer_meeting(actor=parks, at=AT, meeting=made, people=[LI]),
        lambda: api.change_meeting(actor=issuer, at=AT, meeting=made, words=WORDS, note="再变"),
        lambda: api.cancel_meeting(actor=issuer, at=AT, meeting=made, reason="再取消"),
    ):
        with pytest.raises(MeetingCancelled):
            late()
    assert [row.kind for row in Edition.objects.order_by("number")] == ["issue", "change", "cancel"]


def test_no_department_sees_anothers_people():
    made, parks, water = called(), office("parks"), office("water")
    api.answer_meeting(actor=parks, at=AT, meeting=made, people=[LI], reason="局长出差")

    page = signed_in(water).get(f"/desk/meetings/{made}/").content.decode()
    assert "李建华" not in page
    assert "局长出差" not in page
    for path in (f"issued/{made}/", f"issued/{made}/attendees.xlsx", f"issued/{made}/change/"):
        assert signed_in(water).get(f"/desk/meetings/{path}").status_code == 404
    with pytest.raises(MeetingNotFound):
        api.overview(actor=water, meeting=made, at=AT)
    _, own = api.received(actor=water, meeting=made, at=AT)
    assert own.reply is None
    assert "李建华" not in str(JournalEntry.objects.filter(subject=f"meeting:{made}").values_list("detail"))


def test_who_is_not_concerned_neither_sees_nor_acts():
    made = called()
    foreign, clerk = office("environment"), office("general_office", roles={"handler"})
    before = (list(Meeting.objects.values()), Edition.objects.count())

    for act in (api.receive_meeting, api.answer_meeting):
        words = {"people": [LI]} if act is api.answer_meeting else {}
        with pytest.raises(MeetingNotFound):
            act(actor=foreign, at=AT, meeting=made, **words)
        with pytest.raises(OperationNotAllowed):
            act(actor=a_citizen(), at=AT, meeting=made, **words)
    for other in (foreign, clerk, office("parks", roles={"community"})):
        with pytest.raises(OperationNotAllowed):
            api.cancel_meeting(actor=other, at=AT, meeting=made, reason="不是我的会")
        with pytest.raises(OperationNotAllowed):
            api.change_meeting(actor=other, at=AT, meeting=made, words=WORDS, note="变")
    with pytest.raises(OperationNotAllowed):
        called(by=clerk)
    with pytest.raises(OperationNotAllowed):
        api.remind_reply(actor=foreign, at=AT, invitation=Meeting.objects.get().invitations.all()[0].pk)

    assert (list(Meeting.objects.values()), Edition.objects.count()) == before
    assert (Receipt.objects.count(), Reply.objects.count(), Reminder.objects.count()) == (0, 0, 0)


def test_a_reply_names_people_or_says_why_until_the_meeting_begins():
    made, parks = called(), office("parks")
    for wrong in ({"people": []}, {"people": [LI, LI]}, {"people": [Attendee(name="李", post="")]}):
        with pytest.raises(InvalidInput):
            api.answer_meeting(actor=parks, at=AT, meeting=made, **wrong)
    assert Reply.objects.count() == 0

    api.answer_meeting(actor=parks, at=AT, meeting=made, people=[], reason="局里有检查")
    late = AT + 4 * DAY
    api.answer_meeting(actor=parks, at=late, meeting=made, people=[LI])
    found = api.overview(actor=office(), meeting=made, at=late).invited[0]
    assert (found.reply.people, found.reply.reason, found.reply.is_late) == ((LI,), "", True)
    with pytest.raises(MeetingOver):
        api.answer_meeting(actor=parks, at=WORDS.starts_at, meeting=made, people=[LI])
    with pytest.raises(MeetingOver):
        api.cancel_meeting(actor=office(), at=WORDS.starts_at, meeting=made, reason="晚了")


def test_the_worker_reminds_each_department_that_has_not_answered_exactly_once():
    made = called()
    api.answer_meeting(actor=office("parks"), at=AT, meeting=made, people=[LI])
    cancelled = called()
    api.cancel_meeting(actor=office(), at=AT, meeting=cancelled, reason="不开了")

    assert remind_of_replies(AT + 2 * DAY - HOUR) == 0
    assert [remind_of_replies(AT + 2 * DAY + n * HOUR) for n in (0, 1, 2)] == [2, 0, 0]
    assert sorted(Reminder.objects.values_list("invitation__organisation", flat=True)) == [
        "transport",
        "water",
    ]
    assert remind_of_replies(WORDS.reply_until) == 0

    later = replace(WORDS, reply_until=AT + 4 * DAY)
    api.change_meeting(actor=office(), at=AT + 2 * DAY, meeting=made, words=later, note="回复期限延长一天")
    assert remind_of_replies(AT + 3 * DAY + HOUR) == 3  # a new sending, which parks has not answered either
    assert remind_of_replies(AT + 3 * DAY + 2 * HOUR) == 0


def test_from_the_desk_with_an_attachment_to_the_workbook(own_folder):
    issuer, parks, now = signed_in(office()), signed_in(office("parks")), datetime.now(ZONE)
    on, reply = now + timedelta(days=9), now + timedelta(days=7)
    sent = {
        "subject": "<b>协调会</b>", "place": "二楼", "attendance": "处长", "body": "", "contact": "秘书处",
        "starts_on-year": on.year, "starts_on-month": on.month, "starts_on-day": on.day, "starts": "9:30",
        "ends": "11：00",
        "reply_on-year": reply.year, "reply_on-month": reply.month, "reply_on-day": reply.day,
        "reply": "17:00", "invited": ["parks", "water"],
    }  # fmt: skip
    for wrong in (
        {"starts": "早上"},
        {"invited": ["nowhere"]},
        {"invited": []},
        {"reply": "25:00"},
        {"subject": ""},
    ):
        assert issuer.post("/desk/meetings/issued/new/", {**sent, **wrong}).status_code == 422
    bad = SimpleUploadedFile("议程.pdf", b"MZ not a paper", content_type="application/pdf")
    assert issuer.post("/desk/meetings/issued/new/", {**sent, "files": bad}).status_code == 422
    assert (Meeting.objects.count(), Attachment.objects.count()) == (0, 0)

    paper = SimpleUploadedFile("议程.pdf", PDF, content_type="application/pdf")
    address = issuer.post("/desk/meetings/issued/new/", {**sent, "files": paper}).headers["Location"]
    made, kept = Meeting.objects.get().pk, Attachment.objects.get().stored_id
    for prefix, said in (("", "未读"), ("/en", "Unread")):
        shown = issuer.get(f"{prefix}{address}").content.decode()
        assert said in shown
        assert "&lt;b&gt;协调会&lt;/b&gt;" in shown
    assert b"".join(parks.get(f"/desk/meetings/{made}/files/{kept}/").streaming_content) == PDF
    assert signed_in(office("environment")).get(f"/desk/meetings/{made}/files/{kept}/").status_code == 404

    assert parks.post(f"/desk/meetings/{made}/", {"attendees": "李建华", "reason": ""}).status_code == 422
    assert (
        parks.post(f"/desk/meetings/{made}/", {"attendees": "李建华，=副局长", "reason": ""}).status_code
        == 302
    )
    assert parks.get("/desk/meetings/").status_code == 200
    book = load_workbook(io.BytesIO(issuer.get(f"{address}attendees.xlsx").content)).active
    rows = [[cell.value for cell in row[:4]] for row in book.iter_rows(min_row=4)]
    assert rows == [["parks", "1人出席", "李建华", "=副局长"], ["water", "未读", None, None]]
    assert book.cell(4, 4).data_type == "s"
    assert issuer.post(f"{address}cancel/", {"reason": "改期"}).status_code == 302
    assert "改期" in parks.get(f"/desk/meetings/{made}/").content.decode()
