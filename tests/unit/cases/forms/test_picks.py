"""What an entry that is picked fills in, and what conflicts with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.cases.definitions.picks import Picks
from yiwang.cases.rules.forms.parsing import Lists, WrongAnswer, parse
from yiwang.cases.rules.forms.picks import conflicts_of, filled_in, named_in, said_of
from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

from .samples import LISTS, form, one, options, page, question, text

AT = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
PICKS = {
    "register": "plots",
    "shown": ["code"],
    "fills": {"place": "division", "area": "land_area", "use": "use", "since": "approved", "note": "note"},
    "conflicts": [
        {"when": "answers.floor > picked.far * picked.land_area", "says": text("超过{far}", "over {far}")},
        {"when": "answers.use != picked.use", "says": text("规划是{use}", "the plan has {use}")},
    ],
}
FORM = form(
    page(
        "site",
        question("plot", "text", picks=PICKS),
        question("place", "division"),
        question("area", "decimal", min=1, max=1000),
        question("use", "choice", options=options("R2", "W1")),
        question("since", "date"),
        question("note", "text", max_length=5),
    )
)
VALUES = {
    "division": "440103001007",
    "land_area": 320.5,
    "use": "W1",
    "approved": "2024-02-05",
    "note": "短",
    "far": 2,
}
WORDS = {"far": Text("2", "2"), "use": Text("仓储", "Storage")}


def filled(values, answers=None):
    picks = Picks.model_validate(PICKS)
    return filled_in(FORM.page("site"), picks, values, answers or {}, lists=LISTS)


def test_an_entry_fills_in_the_questions_of_its_page_in_their_own_kinds():
    assert filled(VALUES, {"plot": "A", "other": 1}) == {
        "plot": "A",
        "other": 1,
        "place": "440103001",
        "area": 320.5,
        "use": "W1",
        "since": "2024-02-05",
        "note": "短",
    }


def test_what_a_question_does_not_take_is_left_open_and_another_entrys_does_not_stay():
    wrong = {
        "division": "999999999999",
        "land_area": 5000,
        "use": "X9",
        "approved": "soon",
        "note": "比五个字长",
        "far": None,
    }
    before = {"place": "440103001", "area": 7, "use": "R2", "since": "2020-01-01", "note": "旧"}
    assert filled({**wrong, "note": "比五个字还长"}, before) == {}
    assert filled(dict.fromkeys(VALUES), before) == {}
    assert filled({**VALUES, "land_area": [1], "use": {"a": 1}})["place"] == "440103001"


def test_only_what_is_answered_conflicts():
    picks = Picks.model_validate(PICKS)

    def said(answers, values=VALUES):
        known = {"answers": answers, "picked": values}
        return [each.en for each in conflicts_of(picks.conflicts, known, WORDS, at=AT)]

    assert said({"use": "W1"}) == []
    assert said({"use": "W1", "floor": 641}) == []
    assert said({"use": "R2", "floor": 641.5}) == ["over 2", "the plan has Storage"]
    assert said({"use": "W1", "floor": 641.5}, {**VALUES, "far": None}) == []


def test_a_sentence_shows_values_as_they_are_and_a_closed_field_as_a_dash():
    says = Text("在{name}内{overlap}", "{overlap} in {name}")
    hostile = Text("{overlap.__class__}<b>", "{overlap.__class__}<b>")
    assert named_in(says) == {"name", "overlap"}
    assert said_of(says, {"name": hostile}) == Text(
        "在{overlap.__class__}<b>内—", "— in {overlap.__class__}<b>"
    )
    with pytest.raises(ValueError, match=r"[}{]"):
        named_in(Text("一半{", "half {"))


def test_an_answer_must_be_an_entry_and_is_kept_as_the_register_spells_it():
    asked = one("text", picks={"register": "plots", "shown": ["code"]})
    known = Lists(today=AT.date(), entry_key=lambda register, key: {"a-1": "A-1"}.get(key))
    assert parse(asked, "a-1", known) == "A-1"
    assert parse(asked, " ", known) is None
    with pytest.raises(WrongAnswer) as wrong:
        parse(asked, "b-2", known)
    assert wrong.value.text.zh == "“问题it”在登记簿中查不到（可能已注销），请重新选择"
    assert wrong.value.text.en == "“Question it” is not in the register, or no longer; choose again"


@pytest.mark.parametrize("kind", ["choice", "long_text", "division"])
def test_only_a_text_picks(kind):
    more = {"options": options("a")} if kind == "choice" else {}
    with pytest.raises((Unfit, ValueError), match="picks"):
        one(kind, picks={"register": "plots", "shown": ["code"]}, **more)


def test_a_row_of_a_group_picks_nothing():
    inner = question("plot", "text", picks={"register": "plots", "shown": ["code"]})
    with pytest.raises((Unfit, ValueError), match="picks"):
        one("group", questions=[inner])
