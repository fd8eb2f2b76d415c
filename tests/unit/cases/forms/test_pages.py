"""The way through a form, what pages send, what is dropped, and the summary."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.cases.forms.samples import LISTS, PROJECT, form, page, question

from yiwang.cases.rules.forms.pages import Sent, check_answers, first_unfinished_page, read_page
from yiwang.cases.rules.forms.summary import summarise
from yiwang.cases.rules.forms.walk import walk
from yiwang.kernel.feel import Json

WHOLE: dict[str, Json] = {
    "name": "工厂",
    "kind": "new",
    "area": 120.5,
    "site": "东边\n西边",
    "partners": [{"who": "王小明", "foreign": False}, {"who": "Smith", "foreign": True, "country": "UK"}],
    "phone": "13800138000",
}


def keys(answers: dict[str, Json]) -> list[str]:
    return [one.page.key for one in walk(PROJECT, answers).pages]


def test_pages_follow_the_answers() -> None:
    assert keys({}) == ["project", "partners"]
    assert keys({"kind": "new"}) == ["project", "land", "partners"]
    way = walk(PROJECT, {"kind": "new"})
    assert [way.next_page(key) for key in ("project", "land", "partners")] == ["land", "partners", None]
    assert [way.previous_page(key) for key in ("project", "land", "partners")] == [None, "project", "land"]
    assert walk(PROJECT, {}).next_page("land") == "project"


def test_answers_to_hidden_questions_are_dropped() -> None:
    assert walk(PROJECT, WHOLE).answers == WHOLE
    refit = walk(PROJECT, {**WHOLE, "kind": "refit", "note": "x"}).answers
    assert set(refit) == {"name", "kind", "partners", "phone"}
    row = {"who": "a", "foreign": False, "country": "UK"}
    assert walk(PROJECT, {"partners": [row]}).answers == {"partners": [{"who": "a", "foreign": False}]}


def test_a_hidden_answer_decides_nothing() -> None:
    chain = form(
        page("a", question("one", "yes_no")),
        page("b", question("two", "yes_no"), show_if="answers.one = true"),
        page("c", question("three", "text"), show_if="answers.two = true"),
    )

    assert [p.page.key for p in walk(chain, {"one": True, "two": True}).pages] == ["a", "b", "c"]
    assert [p.page.key for p in walk(chain, {"one": False, "two": True}).pages] == ["a"]


def test_surroundings_decide_too() -> None:
    asked = form(
        page("a", question("one", "text", show_if='applicant.kind = "person"'), question("two", "text"))
    )

    found = walk(asked, {}, surroundings={"applicant": {"kind": "person"}}).pages[0].questions
    assert [one.key for one in found] == ["one", "two"]
    assert [one.key for one in walk(asked, {}).pages[0].questions] == ["two"]


def test_a_right_page_is_kept_and_leads_on() -> None:
    result = read_page(PROJECT, "project", {"name": " 工厂 ", "kind": "new"}, {}, lists=LISTS)

    assert result.is_done
    assert result.answers == {"name": "工厂", "kind": "new"}
    assert result.walk.next_page("project") == "land"


def test_every_problem_is_told_and_right_answers_stay() -> None:
    result = read_page(PROJECT, "project", {"name": "工" * 21, "kind": "new"}, {"name": "old"}, lists=LISTS)

    assert not result.is_done
    assert [(one.path, one.text.zh) for one in result.problems] == [("name", "“问题name”不能超过20个字")]
    assert result.answers == {"kind": "new"}
    empty = read_page(PROJECT, "project", {}, {}, lists=LISTS)
    assert [(one.path, one.text.en) for one in empty.problems] == [
        ("name", "Enter “Question name”"),
        ("kind", "Choose an answer to “Question kind”"),
    ]


def test_a_question_that_an_answer_brings_up_is_asked_before_it_is_missed() -> None:
    sent = {"name": "a", "kind": "other", "note": ""}
    first = read_page(PROJECT, "project", sent, {}, lists=LISTS)
    again = read_page(PROJECT, "project", sent, first.answers, lists=LISTS)
    filled = read_page(PROJECT, "project", {**sent, "note": "b"}, {}, lists=LISTS)

    assert (first.problems, first.revealed, first.is_done) == ((), ("note",), False)
    assert [one.path for one in again.problems] == ["note"]
    assert again.revealed == ()
    assert filled.is_done
    assert filled.answers == {"name": "a", "kind": "other", "note": "b"}


def test_a_change_drops_what_it_hides_on_later_pages() -> None:
    result = read_page(PROJECT, "project", {"name": "a", "kind": "refit"}, WHOLE, lists=LISTS)

    assert result.is_done
    assert set(result.answers) == {"name", "kind", "partners", "phone"}


def test_required_may_depend() -> None:
    small = read_page(PROJECT, "land", {"area": "100"}, {"kind": "new"}, lists=LISTS)
    large = read_page(PROJECT, "land", {"area": "100.5"}, {"kind": "new"}, lists=LISTS)

    assert small.is_done
    assert [one.path for one in large.problems] == ["site"]


def test_rows_of_a_group() -> None:
    sent: Sent = {
        "partners.0.who": "王小明",
        "partners.0.foreign": "no",
        "partners.2.who": "Smith",
        "partners.2.foreign": "yes",
        "partners.2.country": "UK",
        "partners.3.who": " ",
        "partners.9x.who": "x",
    }
    right = read_page(PROJECT, "partners", sent, {}, lists=LISTS)
    none = read_page(PROJECT, "partners", {}, {}, lists=LISTS)
    half = read_page(PROJECT, "partners", {"partners.0.foreign": "yes"}, {}, lists=LISTS)
    many = read_page(
        PROJECT, "partners", {**sent, "partners.4.who": "x", "partners.4.foreign": "no"}, {}, lists=LISTS
    )

    assert right.answers == {"partners": WHOLE["partners"]}
    assert [(one.path, one.text.en) for one in none.problems] == [
        ("partners", "Add at least 1 to “Question partners”")
    ]
    assert [one.path for one in half.problems] == ["partners.0.who", "partners.0.country"]
    assert [one.text.zh for one in many.problems] == ["“问题partners”不能超过2项"]


def test_a_whole_set_of_answers_is_judged_on_submission() -> None:
    assert check_answers(PROJECT, WHOLE, lists=LISTS) == (WHOLE, ())
    assert first_unfinished_page(PROJECT, WHOLE, lists=LISTS) is None
    hostile = {
        **WHOLE,
        "area": "lots",
        "name": {"x": 1},
        "kind": ["new"],
        "partners": [{"who": 5}],
        "extra": 1,
    }
    counted, problems = check_answers(PROJECT, hostile, lists=LISTS)
    assert "extra" not in counted
    assert [one.path for one in problems] == ["name", "partners.0.foreign"] or problems != ()
    assert first_unfinished_page(PROJECT, {"name": "a", "kind": "new"}, lists=LISTS) == "land"
    assert first_unfinished_page(PROJECT, {}, lists=LISTS) == "project"


def test_check_your_answers_in_both_languages() -> None:
    pages = summarise(PROJECT, WHOLE, lists=LISTS)
    rows = {row.path: row for one in pages for row in one.rows}

    assert [one.key for one in pages] == ["project", "land", "partners"]
    assert (rows["area"].shown[0].zh, rows["area"].shown[0].en) == ("120.5平方米", "120.5 m²")
    assert (rows["kind"].shown[0].zh, rows["kind"].shown[0].en) == ("选项new", "Option new")
    assert [line.zh for line in rows["site"].shown] == ["东边", "西边"]
    assert rows["partners"].shown[1].en == "Question who: Smith; Question foreign: Yes; Question country: UK"
    assert rows["area"].page == "land"
    masked = {
        row.path: row for one in summarise(PROJECT, WHOLE, lists=LISTS, masked=True) for row in one.rows
    }
    assert masked["phone"].shown[0].zh == "138****8000"
    assert masked["partners"].shown[0].zh == "问题who：王**；问题foreign：否"
    assert masked["name"].shown[0].zh == "工厂"
    assert summarise(PROJECT, {}, lists=LISTS)[0].rows[0].shown[0].en == "Not given"


@given(
    st.dictionaries(
        st.sampled_from(
            ["name", "kind", "note", "area", "site", "phone", "partners.0.who", "partners.0.foreign"]
        ),
        st.sampled_from(["", "a", "new", "other", "refit", "yes", "no", "12", "13800138000"]),
    ),
    st.permutations(["project", "land", "partners"]),
)
def test_nothing_hidden_is_ever_kept(sent: dict[str, str], order: list[str]) -> None:
    answers: dict[str, Json] = {}
    for key in order:
        answers = dict(read_page(PROJECT, key, sent, answers, lists=LISTS).answers)

    way = walk(PROJECT, answers)
    asked = {question.key for one in way.pages for question in one.questions}
    assert set(answers) <= asked
    assert way.answers == answers
    _, problems = check_answers(PROJECT, answers, lists=LISTS)
    assert (first_unfinished_page(PROJECT, answers, lists=LISTS) is None) is (problems == ())
