"""Personal data taken out, and figures that give nobody away."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.codes import make_resident_id
from yiwang.portal.talking.rules.consulting import Outcome, Part, balance_of, parts_of, written
from yiwang.portal.talking.rules.figures import LEAST, Row, shown_rows, total_of
from yiwang.portal.talking.rules.personal import GAP, Personal, personal_in, without_personal
from yiwang.portal.talking.rules.voting import SurveyKind, questions_of
from yiwang.portal.talking.rules.voting import written as questions_written

IDENTITY = make_resident_id("440104", date(1990, 5, 17), 123)


@pytest.mark.parametrize(
    ("text", "kinds", "left"),
    [
        (f"身份证{IDENTITY}。", [Personal.RESIDENT_ID], f"身份证{GAP}。"),
        ("打１３８－００１３－８０００找我", [Personal.PHONE], f"打{GAP}找我"),
        ("+86 138 0013 8000", [Personal.PHONE], f"+{GAP}"),
        ("卡号6222 0212 3456 7890 123", [Personal.BANK_CARD], f"卡号{GAP}"),
        ("写信到 a.b@example.org。", [Personal.EMAIL], f"写信到 {GAP}。"),
        ("护照E12345678", [Personal.PASSPORT], f"护照{GAP}"),
        ("陈小明住在这里，陈小明", [Personal.NAME, Personal.NAME], f"{GAP}住在这里，{GAP}"),
        ("请拨12345或020-83123456，编号XZ20260302-000001", [], None),
        ("中山五路1号，共20260302人", [], None),
    ],
)
def test_b31_what_is_personal_is_found_and_taken_out(text, kinds, left):
    assert [finding.kind for finding in personal_in(text, names=["陈小明"])] == kinds
    assert without_personal(text, names=["陈小明"]) == (text if left is None else left)


@given(st.lists(st.sampled_from(["13800138000", IDENTITY, "陈小明", "a@b.cn", "路灯", " ", "。"])))
def test_b31_nothing_is_found_in_what_was_cleaned(pieces):
    cleaned = without_personal("，".join(pieces), names=["陈小明"])

    assert personal_in(cleaned, names=["陈小明"]) == ()
    assert "陈小明" not in cleaned
    assert "13800138000" not in cleaned


def counted(row: Row | None) -> list[int]:
    return [] if row is None else [row.received, row.answered]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=7))
def test_b31_no_small_count_is_shown_nor_found_by_subtraction(pairs):
    rows = [Row(organisation=f"o{i}", received=max(a, b), answered=b) for i, (a, b) in enumerate(pairs)]
    shown, total = shown_rows(rows), total_of(rows)

    every = [count for row in shown for count in counted(row)] + counted(total)
    assert not [count for count in every if 0 < count < LEAST]
    named = {row.organisation for row in shown if row.organisation}
    hidden = [row for row in rows if row.organisation not in named]
    for which in (0, 1):
        rest = sum(counted(row)[which] for row in hidden)
        told = total is not None and bool(shown)
        assert not (told and 0 < rest < LEAST)
    if shown:
        assert sum(row.received for row in shown) == sum(row.received for row in rows)
        assert sum(row.answered for row in shown) == sum(row.answered for row in rows)


def test_b31_satisfaction_is_told_in_steps_and_never_of_few():
    few = Row(organisation="a", received=20, answered=20, rated=9, satisfied=9)
    many = Row(organisation="a", received=20, answered=20, rated=11, satisfied=10)

    assert few.share_satisfied is None
    assert many.share_satisfied == 90
    assert Row(organisation="a", received=7, answered=7, timed=7, on_time=6).share_on_time == 85


@given(st.lists(st.tuples(st.text("第一条目的 ", min_size=1, max_size=8), st.text("古树。\n", max_size=20))))
def test_b32_a_draft_is_read_as_it_was_written(pairs):
    parts = tuple(Part(title=title.strip(), text=text.strip()) for title, text in pairs if title.strip())

    assert parts_of(written(parts)) == parts


def test_b32_what_stands_before_the_first_heading_is_a_section_too():
    parts = parts_of("总说明\r\n# 第一条\r\n内容\n#没有空格不是标题")

    assert parts == (Part(title="", text="总说明"), Part(title="第一条", text="内容\n#没有空格不是标题"))


@given(st.lists(st.sampled_from(["", *Outcome])))
def test_b32_comments_are_adopted_partly_not_or_wait(outcomes):
    balance = balance_of(outcomes)

    assert balance.unanswered == outcomes.count("")
    assert balance.comments == balance.adopted + balance.partly + balance.not_adopted + balance.unanswered


@pytest.mark.parametrize(
    ("text", "kind", "faults"),
    [
        ("? 甲\n- 一\n- 二", SurveyKind.VOTE, 0),
        ("?? 甲\n- 一\n- 二\n??? 说说", SurveyKind.SURVEY, 0),
        ("", SurveyKind.SURVEY, 1),
        ("? 甲\n- 一", SurveyKind.SURVEY, 1),
        ("? 甲\n- 一\n- 一", SurveyKind.SURVEY, 1),
        ("- 一\n? 甲\n- 一\n- 二", SurveyKind.SURVEY, 1),
        ("??? 说说\n- 一", SurveyKind.SURVEY, 1),
        ("??? 说说", SurveyKind.VOTE, 1),
        ("? " + "长" * 201 + "\n- 一\n- 二", SurveyKind.SURVEY, 1),
    ],
)
def test_b33_questions_are_read_and_judged(text, kind, faults):
    questions, problems = questions_of(text, kind)

    assert len(problems) == faults
    if not faults:
        assert text == questions_written(questions)
