"""What the applicant says beside what a register says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.cases.rules.prefills import differs, stated

AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "registered", "expected"),
    [
        ("陈小明", "陈小明", False),
        ("陈晓明", "陈小明", True),
        ("１３８ ００００ ０００１", "13800000001", False),
        ("11010519491231002x", "11010519491231002X", False),
        ("", "陈小明", False),
        ("陈小明", None, False),
        ("3", 3, False),
    ],
)
def test_only_what_both_say_can_differ(said, registered, expected):
    assert differs(said, registered) is expected


def test_what_is_stated_is_a_text_whatever_the_answers_hold():
    answers = {"name": " 陈小明 ", "floor": 3}
    found = [stated(feel, answers, at=AT) for feel in ("answers.name", "answers.floor", "answers.none", None)]
    assert found == ["陈小明", "3", "", ""]
