"""The desk's pages of access: asking, emergency looks, reviews, credentials, notices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from yiwang.exchange.api import PROVIDERS, break_glass, issue_grant
from yiwang.exchange.models import Client, Emergency, Finding, ReaderNotice, TraceLine
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.testing import an_officer
from yiwang.kernel.text import Text
from yiwang.platform.testing import main_words

AT = datetime(2026, 1, 4, 2, 0, tzinfo=UTC)
HOME = "/desk/exchange/"
DAYS = {
    "valid_from-year": "2026", "valid_from-month": "3", "valid_from-day": "1",
    "valid_until-year": "2999", "valid_until-month": "1", "valid_until-day": "1",
}  # fmt: skip


@pytest.fixture
def catalogue(db):
    with PROVIDERS.temporarily("one_person", OnePersonProvider()):
        yield a_resource(at=AT)


@pytest.mark.parametrize(("prefix", "title"), [("", "申请使用"), ("/en", "Ask for access")])
def test_d25_the_form_says_what_is_wrong_and_keeps_what_was_typed(catalogue, as_actor, prefix, title):
    browser = as_actor(an_officer("construction"))
    page = f"{prefix}{HOME}person_for_tests/ask/"

    assert title in main_words(browser.get(page))
    sent = {
        "fields": ["name"],
        "purpose": "case",
        "reason": "核对申请人",
        "basis_zh": "法",
        "basis_en": "Law",
    }
    answer = browser.post(page, {**sent, **DAYS})

    assert answer.status_code == 422
    assert 'value="2999"' in answer.content.decode()
    assert "核对申请人" in answer.content.decode()


def test_d27_an_emergency_look_and_its_review(catalogue, as_actor):
    head = an_officer("health", roles=("approver",))
    browser = as_actor(head)
    page = f"{HOME}person_for_tests/emergency/"
    sent = {"incident": "120-1", "reason": "昏迷病人须联系家属", "key": KNOWN_ID, "fields": ["name"]}

    refused = browser.post(page, {**sent, "incident": ""})
    shown = browser.post(page, sent)

    assert refused.status_code == 422
    assert "李明" in main_words(shown)
    assert KNOWN_ID not in shown.content.decode() + refused.content.decode()
    assert TraceLine.objects.get().kind == "break_glass"
    waiting = Emergency.objects.get()
    reviews = as_actor(an_officer("public_security", roles=("approver",)))
    assert "昏迷病人须联系家属" in main_words(reviews.get(f"{HOME}reviews/"))
    reviews.post(f"{HOME}reviews/emergencies/{waiting.pk}/", {"words": "属实"})
    assert Emergency.objects.get().reviewed_at is None
    reviews.post(f"{HOME}reviews/emergencies/{waiting.pk}/", {"verdict": "justified", "words": "属实"})
    assert Emergency.objects.get().verdict == "justified"
    assert "理由成立" in main_words(reviews.get(f"{HOME}reviews/"))


def test_others_neither_break_nor_review(catalogue, as_actor):
    break_glass(
        actor=an_officer("health", roles=("approver",)), at=timezone.now(), resource="person_for_tests",
        key=KNOWN_ID, fields=("name",), incident="120-1", reason="昏迷病人须联系家属",
    )  # fmt: skip
    waiting = Emergency.objects.get()

    assert as_actor(an_officer("health")).get(f"{HOME}person_for_tests/emergency/").status_code == 403
    stranger = as_actor(an_officer("planning", roles=("approver",)))
    assert "昏迷病人" not in main_words(stranger.get(f"{HOME}reviews/"))
    stranger.post(f"{HOME}reviews/emergencies/{waiting.pk}/", {"verdict": "misuse", "words": "不属实"})
    assert Emergency.objects.get().reviewed_at is None


def test_d26_supervision_sees_and_decides_findings(catalogue, as_actor):
    officer = an_officer("construction", name="何晚")
    Finding.objects.create(
        rule="odd_hour", account_id=officer.account_id, organisation="construction", purpose="case",
        since=AT, figures={"found": 3.0, "hour": 23.0}, first_trace=5, last_trace=9, found_at=AT,
    )  # fmt: skip
    browser = as_actor(an_officer("supervision", roles=("supervisor",)))

    assert "在非工作时间（23时）查询 3 次" in main_words(browser.get(f"{HOME}reviews/"))
    assert "3 looks outside working hours (at 23 o'clock)" in main_words(
        browser.get(f"/en{HOME}reviews/")
    ).replace("&#x27;", "'")
    browser.post(
        f"{HOME}reviews/findings/{Finding.objects.get().pk}/", {"verdict": "misuse", "words": "无办件"}
    )
    assert (Finding.objects.get().verdict, Finding.objects.get().words) == ("misuse", "无办件")


def test_d25_the_credential_is_shown_once(catalogue, as_actor):
    grant = issue_grant(
        actor=an_officer("public_security", roles=("approver",)), at=AT, resource="person_for_tests",
        grantee="construction", fields=("name",), purpose="case", legal_basis=Text("法", "Law"),
        valid_from=date(2026, 1, 1), valid_until=date(2999, 12, 31),
    )  # fmt: skip
    page = f"{HOME}our-access/grants/{grant.id}/credential/"
    assert as_actor(an_officer("construction")).post(page).status_code == 403
    assert as_actor(an_officer("health", roles=("approver",))).post(page).status_code == 404
    assert Client.objects.count() == 0

    shown = as_actor(an_officer("construction", roles=("approver", "handler"))).post(page)

    made = Client.objects.get()
    assert made.client_id in main_words(shown)
    assert "办理办件 case" in main_words(shown)
    assert "/api/oauth/token" in main_words(shown)
    assert (made.organisation, made.grant_id, made.purposes) == ("construction", grant.id, ["case"])
    assert "no-store" in shown.headers["Cache-Control"]


def test_d20_readers_take_note_of_corrections(catalogue, as_actor):
    notice = ReaderNotice.objects.create(
        organisation="construction", resource="person_for_tests", fields=["name"], references=["GJ-7"],
        entry="register:persons:1", version=2, last_trace=1, last_look_at=AT, told_at=AT + timedelta(days=1),
    )  # fmt: skip
    browser = as_actor(an_officer("construction"))

    page = main_words(browser.get(f"{HOME}our-access/"))
    assert "更正告知" in page
    assert "GJ-7" in page
    browser.post(f"{HOME}our-access/notices/{notice.pk}/")

    assert ReaderNotice.objects.get().seen_at is not None
    assert "已知悉" in main_words(browser.get(f"{HOME}our-access/"))
