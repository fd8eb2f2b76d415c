"""Acts as the desk's forms send them."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yiwang.cases.models import ClockStop, Opinion, Task
from yiwang.cases.testing import DEPARTMENTS, a_review_type, an_accepted_case, officer, open_task
from yiwang.identity.testing import signed_in

pytestmark = pytest.mark.django_db
DEPARTMENT = DEPARTMENTS[0]


@pytest.fixture
def case():
    return an_accepted_case(a_review_type())


@pytest.fixture
def address(case):
    task = open_task(case.case_id, "opinions", DEPARTMENT)
    return f"/desk/cases/{case.number}/tasks/{task}/complete/"


def test_an_act_costs_at_most_twenty_statements(address):
    browser = signed_in(officer(DEPARTMENT, "reviewer"))
    browser.get("/desk/")

    with CaptureQueriesContext(connection) as captured:
        answer = browser.post(address, {"outcome": "approve"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert Opinion.objects.values_list("organisation", "verdict").get() == (DEPARTMENT, "approve")
    assert len(captured) <= 20


def test_without_an_outcome_the_form_comes_again_with_what_was_typed(address):
    answer = signed_in(officer(DEPARTMENT, "reviewer")).post(address, {"grounds": "符合规划"})

    assert answer.status_code == 422
    assert "请选择办理结果" in answer.content.decode()
    assert "符合规划" in answer.content.decode()
    assert not Opinion.objects.exists()


def test_who_comes_second_is_told_on_the_page_of_the_case(address, case):
    first, second = (signed_in(officer(DEPARTMENT, "reviewer")) for _ in range(2))
    first.post(address, {"outcome": "approve"})

    answer = second.post(address, {"outcome": "refuse", "grounds": "不符合"})

    assert answer.status_code == 409
    assert re.search("已由李承办于.*办理，您这次提交的内容没有生效", answer.content.decode())
    assert Opinion.objects.values_list("verdict", flat=True).get() == "approve"


def test_a_task_of_another_case_or_another_city_hall_is_not_found(address, case):
    stranger, reviewer = officer("tourism", "reviewer"), officer(DEPARTMENT, "reviewer")
    elsewhere = address.replace(case.number, "CS20990101-000001")

    assert signed_in(stranger).post(address, {"outcome": "approve"}).status_code == 404
    assert signed_in(reviewer).post(elsewhere, {"outcome": "approve"}).status_code == 404
    assert Task.objects.filter(node="opinions", state="done").count() == 0


@pytest.mark.parametrize("version", ["abc", "-1", "9" * 30, "²", "1.0"])
def test_a_version_that_never_was_is_refused_and_nothing_is_done(address, version):
    answer = signed_in(officer(DEPARTMENT, "reviewer")).post(
        address, {"outcome": "approve", "version": version}
    )

    assert answer.status_code == 409
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("to", ["abc", "a", "a99999999999999999999", "o../..", "<b>", "aabc"])
def test_a_task_goes_only_to_whom_the_page_offers(case, to):
    task = open_task(case.case_id, "opinions", DEPARTMENT)
    browser = signed_in(officer(DEPARTMENT, "reviewer", "handler", "approver"))
    answer = browser.post(f"/desk/cases/{case.number}/tasks/{task}/transfer/", {"to": to, "reason": "出差"})

    assert answer.status_code == 422
    assert "请从列出的选项中选择" in answer.content.decode()
    assert Task.objects.values_list("organisation", "assignee_id").get(pk=task) == (DEPARTMENT, None)


def test_a_clock_stops_only_on_a_ground_that_the_page_offers(case):
    browser = signed_in(officer("service_centre", "handler", "approver", "reviewer"))
    answer = browser.post(f"/desk/cases/{case.number}/acts/stop/", {"ground": "holiday", "reason": "x"})

    assert answer.status_code == 422
    assert "请从列出的选项中选择" in answer.content.decode()
    assert not ClockStop.objects.exists()


@pytest.mark.parametrize(("field", "most"), [("note", 1000), ("grounds", 2000), ("articles", 500)])
def test_what_is_longer_than_the_form_says_is_refused(address, field, most):
    browser = signed_in(officer(DEPARTMENT, "reviewer"))
    answer = browser.post(address, {"outcome": "approve", field: "长" * (most + 1)})

    assert answer.status_code == 422
    assert f"最多{most}个字" in answer.content.decode()
    assert not Opinion.objects.exists()
