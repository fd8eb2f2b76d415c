"""S014: jobs and notices of a community, posted by its own officers alone, gone after their last day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yiwang.identity.testing import a_citizen, an_officer, signed_in
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.portal.kiosk import api
from yiwang.portal.kiosk.contracts import (
    AlreadyWithdrawn,
    Hours,
    Job,
    LocalNoticeNotFound,
    NoticeKind,
    NotLocal,
    WagePer,
)
from yiwang.portal.kiosk.models import LocalNotice

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
LAST = date(2026, 3, 31)
STREET, HERE, BESIDE, FAR = "s440106006", "c440106006002", "c440106006004", "c440103001101"
WORDS = {
    "title": "招保洁",
    "body": "每天四小时",
    "contact": "东城社区居委会",
    "phone": "020-87654321",
    "valid_until": LAST,
}
JOB = Job(place="石牌东", hours=Hours.PART, openings=3, wage_from=25, wage_to=None, wage_per=WagePer.HOUR)


def posted(organisation: str, *, by: str = "", job: Job | None = JOB, **changed: object) -> int:
    officer = an_officer(by or organisation, roles={"community"})
    return api.post_notice(actor=officer, at=AT, organisation=organisation, job=job, **{**WORDS, **changed})


def shown(near: frozenset[str] | None = None, *, today: date = LAST) -> list[int]:
    return [row.pk for row in api.shown_notices(NoticeKind.JOB, today=today, near=near)]


def test_a_terminal_shows_its_own_community_its_street_and_those_beside_it_until_the_last_day():
    here, beside, street, far = posted(HERE), posted(BESIDE), posted(STREET), posted(FAR)

    assert shown(api.neighbourhood(HERE)) == [street, beside, here]
    assert shown(api.neighbourhood(FAR)) == [far]
    assert shown() == [far, street, beside, here]
    assert shown(today=LAST + timedelta(days=1)) == []
    assert api.shown_notice(here, today=LAST).job == JOB
    with pytest.raises(LocalNoticeNotFound):
        api.shown_notice(here, today=LAST + timedelta(days=1))


def test_only_officers_of_the_place_post_and_withdraw():
    made = posted(HERE)
    before = list(LocalNotice.objects.values())

    for organisation, roles in (
        (BESIDE, {"community"}),
        (FAR, {"community"}),
        (HERE, {"handler", "approver"}),
        ("labour", {"handler", "editor"}),
    ):
        other = an_officer(organisation, roles=roles)
        with pytest.raises(OperationNotAllowed):
            api.post_notice(actor=other, at=AT, organisation=HERE, job=JOB, **WORDS)
        with pytest.raises(OperationNotAllowed):
            api.withdraw_notice(actor=other, at=AT, notice=made, reason="不是我的")
    with pytest.raises(OperationNotAllowed):
        api.post_notice(actor=a_citizen(), at=AT, organisation=HERE, job=None, **WORDS)
    with pytest.raises(NotLocal):
        posted("labour")

    assert list(LocalNotice.objects.values()) == before
    posted(HERE, by=STREET)
    assert LocalNotice.objects.count() == 2


def test_what_is_withdrawn_is_gone_at_once():
    made = posted(HERE, job=None)
    officer = an_officer(STREET, roles={"community"})
    api.withdraw_notice(actor=officer, at=AT, notice=made, reason="已招满")

    with pytest.raises(LocalNoticeNotFound):
        api.shown_notice(made, today=AT.date())
    with pytest.raises(AlreadyWithdrawn):
        api.withdraw_notice(actor=officer, at=AT, notice=made, reason="再撤一次")
    view = api.notice_for_officer(actor=officer, notice=made, today=AT.date())
    assert (view.withdrawn_at, view.withdrawn_reason, view.is_shown) == (AT, "已招满", False)


def test_from_the_desk_to_the_terminal(client):
    officer = signed_in(an_officer(STREET, roles={"community"}))
    end = datetime.now(ZONE).date() + timedelta(days=30)
    sent = {
        "organisation": HERE, "title": "<b>招保安</b>", "body": "夜班", "place": "石牌", "hours": "full",
        "openings": "2", "wage_per": "month", "wage_from": "4,000", "wage_to": "", "contact": "居委会",
        "phone": "020-87654321", "valid_until-year": end.year, "valid_until-month": end.month,
        "valid_until-day": end.day,
    }  # fmt: skip
    address = "/desk/kiosk/notices/new/job/"
    for wrong in (
        {"openings": "几个"},
        {"organisation": FAR},
        {"body": "电话13800138000"},
        {"valid_until-day": "40"},
    ):
        assert officer.post(address, {**sent, **wrong}).status_code == 422
    assert LocalNotice.objects.count() == 0
    assert officer.post(address, sent).status_code == 302

    made = LocalNotice.objects.get()
    assert (made.wage_from, made.wage_to, made.openings) == (4000, None, 2)
    for prefix, words in (("", ("每月4000元起", "招2人")), ("/en", ("from 4000 yuan a month", "2 wanted"))):
        listed = client.get(f"{prefix}/kiosk/jobs/").content.decode()
        assert "&lt;b&gt;招保安&lt;/b&gt;" in listed
        assert all(word in listed for word in words)
        assert client.get(f"{prefix}/kiosk/notices/{made.pk}/").status_code == 200
    assert officer.post(f"/desk/kiosk/notices/{made.pk}/", {"reason": "已招满"}).status_code == 302
    assert client.get(f"/kiosk/notices/{made.pk}/").status_code == 404
    beside = signed_in(an_officer(BESIDE, roles={"community"}))
    assert beside.get(f"/desk/kiosk/notices/{made.pk}/").status_code == 404
