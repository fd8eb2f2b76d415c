"""S026: what a notice and a reply must say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.meetings.rules.notices import (
    Attendee,
    NoticeWords,
    attendees_of,
    faults_of_reply,
    faults_of_words,
    is_reminder_due,
    written,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def paths(**changed: object) -> list[str]:
    words = {
        "subject": "防汛会", "place": "一号楼", "starts_at": NOW + 48 * HOUR, "ends_at": None,
        "attendance": "分管领导", "body": "", "contact": "秘书处", "reply_until": NOW + 24 * HOUR, **changed,
    }  # fmt: skip
    return [problem.path for problem in faults_of_words(NoticeWords(**words), at=NOW)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"subject": " ", "contact": ""}, ["subject", "contact"]),
        ({"starts_at": NOW}, ["starts_on", "reply_on"]),
        ({"ends_at": NOW + 48 * HOUR}, ["ends"]),
        ({"reply_until": NOW}, ["reply_on"]),
        ({"reply_until": NOW + 48 * HOUR}, []),
        ({"reply_until": NOW + 49 * HOUR}, ["reply_on"]),
    ],
)
def test_a_notice_lies_ahead_and_leaves_time_to_reply(changed, expected):
    assert paths(**changed) == expected


NAMES = st.text("赵钱孙李周吴", min_size=1, max_size=6)
POSTS = st.text("处长科员主任", min_size=1, max_size=8)


@given(people=st.lists(st.builds(Attendee, name=NAMES, post=POSTS), max_size=30, unique=True))
def test_attendees_are_read_back(people):
    assert attendees_of(written(tuple(people))) == (tuple(people), [])


@pytest.mark.parametrize(
    "text", ["李建华", "，处长", "李建华，处长\n李建华，处长", "\n".join(f"李{n}，员" for n in range(31))]
)
def test_attendees_have_a_post_and_come_once(text):
    assert [fault.path for fault in attendees_of(text)[1]] == ["attendees"]
    assert attendees_of("李建华, 处长\n\n王芳 科员")[0] == (
        Attendee(name="李建华", post="处长"),
        Attendee(name="王芳", post="科员"),
    )


def test_nobody_comes_without_a_reason():
    one = (Attendee(name="李建华", post="处长"),)

    assert [fault.path for fault in faults_of_reply((), " ")] == ["reason"]
    assert faults_of_reply((), "出差") == faults_of_reply(one, "") == faults_of_reply(one, "代会") == []


@pytest.mark.parametrize(
    ("hours", "expected"), [(24.1, False), (24, True), (0.1, True), (0, False), (-1, False)]
)
def test_a_reminder_is_due_in_the_last_day(hours, expected):
    assert is_reminder_due(reply_until=NOW + hours * HOUR, at=NOW) is expected
