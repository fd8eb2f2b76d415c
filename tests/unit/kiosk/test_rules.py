"""S014: when a terminal is silent, what its secret looks like, what a community may write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.kiosk.contracts import Hours, Job, WagePer
from yiwang.portal.kiosk.rules.posting import faults_of_job, faults_of_notice
from yiwang.portal.kiosk.rules.secrets import ALPHABET, cookie_of, digest_of, grouped, read_cookie
from yiwang.portal.kiosk.rules.states import TerminalState, state_of
from yiwang.portal.kiosk.web.shown import wage_words

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SIGNS = st.text(ALPHABET, min_size=20, max_size=20)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, TerminalState.WORKING), (15, TerminalState.WORKING), (15.1, TerminalState.SILENT)],
)
def test_a_terminal_is_silent_after_three_missed_loads(minutes, expected):
    heard = NOW - timedelta(minutes=minutes)

    assert state_of(last_contact_at=heard, retired_at=None, at=NOW) is expected
    assert state_of(last_contact_at=heard, retired_at=NOW, at=NOW) is TerminalState.RETIRED
    assert state_of(last_contact_at=None, retired_at=None, at=NOW) is TerminalState.WAITING


@given(number=st.integers(1, 10**10 - 1), signs=SIGNS)
def test_a_cookie_is_read_back_and_a_secret_is_the_same_however_it_is_typed(number, signs):
    assert read_cookie(cookie_of(number, grouped(signs))) == (number, signs)
    assert digest_of(f" {grouped(signs).lower()} ") == digest_of(signs)
    assert digest_of(signs.replace("0", "o").replace("1", "l")) == digest_of(signs)


@pytest.mark.parametrize(
    "cookie", ["", "1", "1.", "0.ABC", "1.ABCDEFGHJKMNPQRSTVWX ", "-1.ABCDEFGHJKMNPQRSTVWX"]
)
def test_other_cookies_are_none(cookie):
    assert read_cookie(cookie) is None


def faults(**changed: object) -> set[str]:
    words = {
        "title": "保安", "body": "夜班", "contact": "居委会", "phone": "020-87654321",
        "valid_until": TODAY, "today": TODAY, **changed,
    }  # fmt: skip
    return {problem.path for problem in faults_of_notice(**words)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, set()),
        ({"phone": "020-87654321转8"}, set()),
        ({"title": " "}, {"title"}),
        ({"body": "找李先生13800138000"}, {"body"}),
        ({"contact": "440100198503120017"}, {"contact"}),
        ({"phone": "13800138000"}, {"phone"}),
        ({"phone": "李先生"}, {"phone"}),
        ({"valid_until": TODAY - timedelta(days=1)}, {"valid_until"}),
        ({"valid_until": TODAY + timedelta(days=180)}, set()),
        ({"valid_until": TODAY + timedelta(days=181)}, {"valid_until"}),
        ({"title": "长" * 61}, {"title"}),
    ],
)
def test_a_notice_names_an_office_and_nobody(changed, expected):
    assert faults(**changed) == expected


def a_job(low: int | None = 4000, high: int | None = 5000, openings: int = 2) -> Job:
    return Job(
        place="石牌", hours=Hours.FULL, openings=openings, wage_from=low, wage_to=high, wage_per=WagePer.MONTH
    )


def test_wages_are_whole_yuan_in_order_or_agreed():
    assert [problem.path for problem in faults_of_job(a_job(5000, 4000))] == ["wage_to"]
    assert [problem.path for problem in faults_of_job(a_job(0, None, openings=0))] == [
        "openings",
        "wage_from",
    ]
    pays = ((4000, 5000), (4000, None), (None, 5000), (None, None))
    words = ["每月4000—5000元", "每月4000元起", "每月最高5000元", "工资面议"]
    assert [wage_words(a_job(*pay)).zh for pay in pays] == words
    assert wage_words(a_job()).en == "4000–5000 yuan a month"
