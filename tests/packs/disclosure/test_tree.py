"""The guided tree: every way through its questions ends in exactly one row of table 3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.definitions.form import Form, Question, QuestionKind
from yiwang.cases.rules.dmn.evaluation import evaluate
from yiwang.cases.rules.dmn.reading import read_model
from yiwang.cases.rules.forms.walk import walk
from yiwang.kernel.feel import Json
from yiwang.packs.strict_yaml import parse
from yiwang.platform.environment import ROOT
from yiwang.portal.disclosure.rules.fees import FeeWay, fee
from yiwang.portal.disclosure.rules.results import GROUP_TEXTS, RESULT_ROWS, ROWS, ResultGroup, ResultKind

PACK = ROOT / "packs" / "disclosure"
TREE = Form.model_validate(parse((PACK / "forms" / "disclosure_findings.yaml").read_bytes(), "").data)
ITEM = CaseType.model_validate(parse((PACK / "cases" / "disclosure_request.yaml").read_bytes(), "").data)
MODEL, _ = read_model((PACK / "decisions" / "disclosure.dmn").read_bytes(), "disclosure.dmn")
KEYS = [question.key for _, question in TREE.questions()]
GIVEN = {ResultGroup.GRANTED, ResultGroup.PARTLY_GRANTED}


def choices(question: Question) -> list[Json]:
    if question.kind is QuestionKind.YES_NO:
        return [True, False]
    if question.kind is QuestionKind.INTEGER:
        return [2]
    return [option.value for option in question.options] or ["写明"]


def ways(answers: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """Every set of answers that the form can be left with."""
    [page] = walk(TREE, answers).pages
    asked = next((question for question in page.questions if question.key not in answers), None)
    if asked is None:
        yield answers
        return
    for value in choices(asked):
        yield from ways({**answers, asked.key: value})


def by_hand(said: Mapping[str, Json]) -> ResultKind:
    """The same law once more, read straight down the articles."""
    if said["nature"] != "information":
        return ResultKind(str(said["nature"]))
    if not said["clear"]:
        return ResultKind.STILL_UNCLEAR
    if said["holding"] != "held":
        return ResultKind(str(said["holding"]))
    withheld = said["exception"] != "none" and said.get("third_party_outcome") not in {
        "consents",
        "public_interest",
    }
    if withheld and not said["severable"]:
        return ResultKind(str(said["exception"]))
    return ResultKind.PARTLY_GRANTED if withheld else ResultKind.GRANTED


def judged(said: Mapping[str, Json]) -> Json:
    findings = {**dict.fromkeys([*KEYS, "paid_on"]), **said}
    assert MODEL is not None
    return evaluate(MODEL, "disclosure_result", {"findings": findings}, at=None)


def test_b10_each_way_through_the_tree_gives_the_row_that_the_articles_give():
    every = list(ways({}))
    reached = {}
    for said in every:
        kind = by_hand(said)
        verdict = "approve" if ROWS[kind].group in GIVEN else "refuse"
        assert judged(said) == {"kind": kind, "verdict": verdict}, said
        reached[kind] = reached.get(kind, 0) + 1

    assert len(every) == 47
    # What was never corrected ends without anybody's judgement.
    # Whether a fee was paid is no question of the tree.
    assert set(ResultKind) - set(reached) == {ResultKind.NOT_CORRECTED, ResultKind.FEE_UNPAID}


def test_b14_a_fee_that_is_due_and_not_paid_ends_the_request_and_one_that_is_paid_does_not():
    for said in ways({}):
        if "fee" not in said:
            continue
        due = {**said, "fee": "by_page", "fee_pages": 31}
        assert judged(due) == {"kind": ResultKind.FEE_UNPAID, "verdict": "refuse"}
        assert judged({**due, "paid_on": "2026-03-02"})["kind"] == by_hand(said)
        # Thirty pages are free, so there is nothing to pay.
        assert judged({**due, "fee_pages": 30})["kind"] == by_hand(said)


@given(items=st.integers(1, 300), before=st.integers(0, 300), pages=st.integers(1, 1000))
def test_b14_the_fee_of_the_notice_is_that_of_the_calculator(items: int, before: int, pages: int):
    by_item = {"fee": "by_item", "fee_items": items, "fee_before": before}
    assert charged(by_item) == fee(FeeWay.BY_ITEM, items, before=before).total
    assert charged({"fee": "by_page", "fee_pages": pages}) == fee(FeeWay.BY_PAGE, pages).total
    assert charged({"fee": "none"}) == charged({}) == 0


def charged(said: Mapping[str, Json]) -> Json:
    assert MODEL is not None
    known = dict.fromkeys(("fee", "fee_items", "fee_before", "fee_pages"))
    answer = evaluate(MODEL, "disclosure_fee", {"findings": {**known, **said}}, at=None)
    assert isinstance(answer, dict)
    return answer["amount"]


def test_b10_what_is_given_says_what_and_what_is_withheld_says_why():
    for said in ways({}):
        kind = by_hand(said)
        assert ("released" in said) == (ROWS[kind].group in GIVEN)
        assert ("withheld" in said) == (kind is ResultKind.PARTLY_GRANTED)


def test_b10_the_item_declares_the_rows_of_the_table_in_its_words_and_with_its_articles():
    assert [result.key for result in ITEM.results] == list(ResultKind)
    for result, row in zip(ITEM.results, RESULT_ROWS, strict=True):
        group = GROUP_TEXTS[row.group]
        assert result.title.zh == (row.text.zh if row.group in GIVEN else f"{group.zh}：{row.text.zh}")
        assert result.verdict == ("approve" if row.group in GIVEN else "refuse")
        assert result.basis is not None
        assert result.basis.article == row.article
    assert {result.key: result.ends for result in ITEM.results if result.ends} == {
        ResultKind.NOT_CORRECTED: "lapsed",
        ResultKind.OTHER: "withdrawn",
    }
