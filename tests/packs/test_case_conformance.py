"""Generated for every form, process and service item of every pack: what must hold because it is declared."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.definitions.form import Form, QuestionKind
from yiwang.cases.rules.forms.pages import check_answers, read_page
from yiwang.cases.rules.forms.parsing import Lists, as_typed
from yiwang.cases.rules.forms.summary import summarise
from yiwang.cases.rules.forms.walk import walk
from yiwang.cases.rules.process.model import NodeKind, Process
from yiwang.cases.rules.process.stored import from_json, to_json
from yiwang.kernel import clock as law
from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.codes import make_credit_code, make_resident_id
from yiwang.packs.loader import load
from yiwang.platform.environment import ROOT

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LISTS = Lists(today=TODAY)
SAMPLES = {
    QuestionKind.TEXT: "示例内容",
    QuestionKind.LONG_TEXT: "第一行\n第二行",
    QuestionKind.INTEGER: 3,
    QuestionKind.DECIMAL: 1200.5,
    QuestionKind.MONEY: 5000000,
    QuestionKind.DATE: "2026-01-15",
    QuestionKind.YES_NO: True,
    QuestionKind.ID_NUMBER: make_resident_id("440104", date(1990, 5, 17), 123),
    QuestionKind.CREDIT_CODE: make_credit_code("440101", 1234),
    QuestionKind.PHONE: "13800138000",
    QuestionKind.EMAIL: "name@example.org",
    QuestionKind.ADDRESS: "中山五路1号",
    QuestionKind.AREA: "POLYGON((113.26 23.13, 113.261 23.13, 113.261 23.1301, 113.26 23.13))",
    QuestionKind.DIVISION: "440104001",
    QuestionKind.INDUSTRY: "C39",
    QuestionKind.POSTCODE: "510030",
}


#: Answers of which each pattern takes one.
PATTERNED = ("广州示例电子科技有限公司",)


@cache
def _definitions():
    names = [path.parent.name for path in sorted((ROOT / "packs").glob("*/pack.toml"))]
    return load(ROOT / "packs", names).definitions


def declared(kind):
    return {code: d for (found, code), d in _definitions().items() if found == kind}


DECLARED = {}


def pytest_generate_tests(metafunc):
    # Reading packs needs Django's apps but no database; it is done once for all parameters.
    for kind, name in (("forms", "form_code"), ("processes", "process_code"), ("cases", "item_code")):
        if name in metafunc.fixturenames:
            DECLARED.setdefault(kind, declared(kind))
            metafunc.parametrize(name, sorted(DECLARED[kind]))


def sample_answers(form: Form):
    """Answers that fill every question which a first option or a sample brings up."""
    answers = {}
    for _ in form.questions():
        for page in walk(form, answers).pages:
            for question in page.questions:
                if question.key in answers:
                    continue
                if question.options:
                    value = question.options[0].value
                    answers[question.key] = [value] if question.kind is QuestionKind.CHOICES else value
                elif question.pattern is not None:
                    answers[question.key] = next(
                        each for each in PATTERNED if re.fullmatch(question.pattern, each)
                    )
                elif question.kind is QuestionKind.DECIMAL and isinstance(question.max, int | float):
                    answers[question.key] = min(SAMPLES[question.kind], float(question.max))
                elif question.kind in SAMPLES:
                    answers[question.key] = SAMPLES[question.kind]
    return answers


def test_a_form_takes_back_what_it_shows(form_code):
    form = Form.model_validate(DECLARED["forms"][form_code].content)
    answers = sample_answers(form)

    taken = {}
    for page in form.pages:
        sent = {q.key: as_typed(q, answers[q.key]) for q in page.questions if q.key in answers}
        result = read_page(form, page.key, sent, taken, lists=LISTS, at=AT)
        assert result.problems == ()
        taken = dict(result.answers)

    assert taken == answers
    assert check_answers(form, taken, lists=LISTS, at=AT)[1] == ()


def test_a_form_reads_whole_in_both_languages(form_code):
    form = Form.model_validate(DECLARED["forms"][form_code].content)

    for page in summarise(form, sample_answers(form), lists=LISTS, at=AT):
        for row in page.rows:
            for text in (page.title, row.label, *row.shown):
                assert text.zh.strip()
                assert text.en.strip()


def test_an_empty_form_names_every_required_question(form_code):
    form = Form.model_validate(DECLARED["forms"][form_code].content)

    _, problems = check_answers(form, {}, lists=LISTS, at=AT)

    asked = {q.key for page in walk(form, {}).pages for q in page.questions if q.required is True}
    assert {problem.path for problem in problems} == asked


def process(code) -> Process:
    return from_json(DECLARED["processes"][code].content["process"])


def test_a_process_is_stored_as_it_was_drawn(process_code):
    assert from_json(to_json(process(process_code))) == process(process_code)


def test_every_task_has_a_role_a_clock_and_a_name_in_both_languages(process_code):
    drawn = process(process_code)

    for node in drawn.nodes:
        if node.kind is NodeKind.USER_TASK:
            assert node.role
            assert drawn.clock_of(node.id)
            assert node.name.zh
            assert node.name.en
            assert node.outcomes


def test_every_end_says_what_became_of_the_case(process_code):
    ends = [node for node in process(process_code).nodes if node.kind is NodeKind.END]

    assert ends
    assert [node.id for node in ends if not node.name.zh or not node.name.en] == []


def item(code) -> CaseType:
    return CaseType.model_validate(DECLARED["cases"][code].content["definition"])


def test_the_limits_of_an_item_can_be_computed(item_code):
    calendar = WorkCalendar(key="test", version=1)
    limits = item(item_code)

    for limit in (limits.statutory_limit, limits.promised_limit, *(c.budget for c in limits.clocks)):
        budget = law.Budget(limit.amount, law.Unit(limit.unit))
        assert law.due_at(law.ClockState(budget=budget, started_at=AT), calendar) > AT


def test_the_promise_is_no_longer_than_the_law_allows(item_code):
    limits = item(item_code)
    if limits.statutory_limit.unit == limits.promised_limit.unit:
        assert limits.promised_limit.amount <= limits.statutory_limit.amount


def test_an_item_that_stops_its_clock_for_corrections_says_so(item_code):
    declared_item = item(item_code)
    if declared_item.process is None:
        return
    outcomes = {o for node in process_of(declared_item).nodes for o in node.outcomes}
    grounds = {stop.key for stop in declared_item.stops}

    assert ("supplement" in outcomes) <= ("supplement" in grounds)


def process_of(declared_item: CaseType) -> Process:
    DECLARED.setdefault("processes", declared("processes"))
    return process(declared_item.process)
