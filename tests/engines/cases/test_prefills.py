"""What registers say of a case: looked up once under the department's own grant, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import ActNotOpen, CaseEnded
from yiwang.cases.models import Case, CaseEvent, Prefilled
from yiwang.cases.testing import BODY, MONDAY, a_review_type, an_application, done, officer, open_task
from yiwang.exchange.api import PROVIDERS, issue_grant, person_reference, revoke_grant
from yiwang.exchange.contracts import GrantNotInForce, NoGrant, QuotaExhausted
from yiwang.exchange.models import GrantDay, TraceLine
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.testing import an_organisation, sign_in
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed

pytestmark = pytest.mark.django_db
RESOURCE = "person_for_tests"
LATER = MONDAY + timedelta(days=1)
PREFILLS = [
    {
        "resource": RESOURCE,
        "key": "answers.number",
        "fields": {"name": "answers.name", "birth_date": "answers.birth", "division": None},
    }
]


class Failing(OnePersonProvider):
    """A source that does not answer."""

    def look_up(self, *args: object, **kwargs: object):
        raise OSError("the source is down")


@pytest.fixture(autouse=True)
def people():
    an_organisation("public_security")
    with PROVIDERS.temporarily("one_person", OnePersonProvider()):
        a_resource(at=MONDAY)
        yield


@pytest.fixture
def case() -> Case:
    kind = a_review_type(prefills=PREFILLS)
    answers = {"name": "李铭", "number": KNOWN_ID, "birth": "1949-12-31"}
    return Case.objects.get(pk=an_application(kind, answers=answers).case_id)


def a_grant(*fields: str, **changes: object):
    return issue_grant(
        actor=officer("public_security", "approver"), at=MONDAY, resource=RESOURCE, grantee=BODY,
        fields=fields or ("name", "birth_date"), purpose="case", legal_basis=Text("测试", "For tests"),
        valid_from=MONDAY.date(), valid_until=MONDAY.date() + timedelta(days=3650), **changes,
    )  # fmt: skip


def prefill(case: Case, actor=None, *, at=MONDAY, **how: bool) -> bool:
    return api.prefill_case(actor=actor or officer(), at=at, case_id=case.pk, resource=RESOURCE, **how)


def seen(case: Case, actor=None, at=MONDAY):
    return api.prefills_of(actor=actor or officer(), at=at, case_id=case.pk)


def nothing_was_written(case: Case, traces: int = 0) -> None:
    assert (TraceLine.objects.count(), Prefilled.objects.count()) == (traces, traces)
    assert CaseEvent.objects.filter(case=case, act="prefilled").count() == traces
    assert sum(GrantDay.objects.values_list("used", flat=True)) == traces


def test_d20_one_look_for_the_case_gives_the_granted_fields_and_is_kept(case):
    grant = a_grant()
    assert (prefill(case), prefill(case), prefill(case)) == (True, False, False)

    line = TraceLine.objects.get()
    assert (line.organisation, line.purpose, line.reference, line.fields, line.grant_id) == (
        BODY,
        "case",
        case.number,
        ["name", "birth_date"],
        grant.id,
    )
    assert line.subject == person_reference(KNOWN_ID)
    (view,) = seen(case)
    assert (view.looked_at, view.found, view.obstacle, view.is_askable) == (MONDAY, True, None, True)
    assert [(row.said.zh, row.registered.zh, row.differs, row.is_open) for row in view.rows] == [
        ("李铭", "李明", True, True),
        ("1949-12-31", "1949-12-31", False, True),
        ("", "", False, False),
    ]
    kept = Prefilled.objects.get()
    assert kept.trace == line.pk
    assert "李明".encode() not in bytes(kept.sealed)

    assert prefill(case, at=LATER, again=True)
    assert seen(case)[0].looked_at == LATER
    nothing_was_written(case, traces=2)


def test_another_number_in_the_application_is_another_look(case):
    a_grant()
    prefill(case)
    Case.objects.filter(pk=case.pk).update(answers={**case.answers, "number": "440100198503120017"})

    assert seen(case)[0].looked_at is None
    assert prefill(case)
    (view,) = seen(case)
    assert (view.looked_at, view.found) == (MONDAY, False)


def test_without_a_grant_or_after_its_end_nothing_is_written(case):
    with pytest.raises(NoGrant):
        prefill(case)
    assert isinstance(seen(case)[0].obstacle, NoGrant)

    grant = a_grant()
    revoke_grant(actor=officer("public_security", "approver"), at=MONDAY, grant=grant.id, because="测试")
    with pytest.raises(GrantNotInForce):
        prefill(case)
    (view,) = seen(case)
    assert (isinstance(view.obstacle, GrantNotInForce), view.is_askable, view.is_due) == (True, True, False)
    nothing_was_written(case)


def test_what_was_seen_stays_when_the_quota_is_used_up(case):
    a_grant(quota_per_day=1)
    prefill(case)

    with pytest.raises(QuotaExhausted):
        prefill(case, again=True)

    assert seen(case)[0].found
    nothing_was_written(case, traces=1)


def test_an_ended_case_asks_for_nothing(case):
    a_grant()
    done(officer(), open_task(case.pk, "accept"), "refuse")

    with pytest.raises(CaseEnded):
        prefill(case)

    nothing_was_written(case)


def test_only_who_works_on_the_case_looks_and_sees(case):
    a_grant()
    issue_grant(
        actor=officer("public_security", "approver"), at=MONDAY, resource=RESOURCE, grantee="fire",
        fields=("name",), purpose="case", legal_basis=Text("测试", "For tests"),
        valid_from=MONDAY.date(), valid_until=MONDAY.date() + timedelta(days=9),
    )  # fmt: skip
    with pytest.raises(OperationNotAllowed):
        prefill(case, officer("fire"))
    with pytest.raises(ActNotOpen):
        prefill(case, officer(BODY, "approver"))  # the case is with the window
    nothing_was_written(case)

    prefill(case)
    done(officer(BODY, "window"), open_task(case.pk, "accept"), "accept")
    (view,) = seen(case, officer("fire", "reviewer"))
    assert (view.looked_at, view.found, [row.is_open for row in view.rows]) == (
        None,
        False,
        [True, False, False],
    )
    supervisor = officer("supervision", "supervisor")
    assert seen(case, supervisor) == ()
    page = api.case_for_officer(actor=supervisor, at=MONDAY, case_id=case.pk)
    assert "cases.case.prefill" not in page.may


def test_three_views_of_the_page_leave_one_line_and_it_works_without_the_exchange(case, client):
    worker = officer(BODY, "window", "handler")
    sign_in(client, worker)
    page = f"/desk/cases/{case.number}/"
    before = client.get(page).content.decode()
    assert "本单位没有这项查询授权" in before
    assert f"/desk/exchange/{RESOURCE}/ask/" in before
    nothing_was_written(case)

    a_grant()
    with PROVIDERS.temporarily("one_person", Failing()):
        down = client.get(page)
    assert (down.status_code, "共享交换暂时没有应答" in down.content.decode()) == (200, True)
    nothing_was_written(case)

    for _ in range(3):
        shown = client.get(page).content.decode()
        assert ("李明" in shown, "与申请不一致" in shown, "授权不含此项" in shown) == (True, True, True)
    nothing_was_written(case, traces=1)
    assert client.post(f"{page}prefills/{RESOURCE}/").status_code == 302
    nothing_was_written(case, traces=2)
