"""The desk's pages of the exchange: the catalogue, a look, giving and ending grants."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yiwang.exchange.api import PROVIDERS, issue_grant, list_grants
from yiwang.exchange.models import TraceLine
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.testing import an_officer
from yiwang.kernel.text import Text
from yiwang.platform.testing import main_words

AT = datetime(2026, 1, 4, 2, 0, tzinfo=UTC)
PAGE = "/desk/exchange/person_for_tests/"


@pytest.fixture
def catalogue(db):
    with PROVIDERS.temporarily("one_person", OnePersonProvider()):
        yield a_resource(at=AT)


@pytest.fixture
def owner(catalogue):
    return an_officer("public_security", roles=["handler", "approver"])


@pytest.fixture
def asker(catalogue):
    return an_officer("construction")


@pytest.fixture
def grant(owner):
    return issue_grant(
        actor=owner, at=AT, resource="person_for_tests", grantee="construction", fields=("name",),
        purpose="case", legal_basis=Text("《建筑法》第八条", "Construction Law, article 8"),
        valid_from=date(2026, 1, 1), valid_until=date(2999, 12, 31), quota_per_day=50,
    )  # fmt: skip


LOOK = {"key": KNOWN_ID, "fields": ["name"], "purpose": "case", "reference": "TZ-2026-000123"}
FORM = {
    "grantee": "planning", "fields": ["name", "division"], "purpose": "case", "basis_zh": "《城市规划法》",
    "basis_en": "City Planning Law", "valid_from-year": "2026", "valid_from-month": "1",
    "valid_from-day": "1", "valid_until-year": "2027", "valid_until-month": "12", "valid_until-day": "31",
    "quota": "100",
}  # fmt: skip


def test_the_catalogue_says_what_we_may_do(grant, as_actor):
    assert "测试人口信息 public_security 测试 有条件共享 已获授权" in main_words(
        as_actor(an_officer("construction")).get("/desk/exchange/")
    )
    assert "未获授权" in main_words(as_actor(an_officer("planning")).get("/desk/exchange/"))
    assert "Person for tests" in main_words(as_actor(an_officer("planning")).get("/en/desk/exchange/"))


def test_a_look_shows_the_fields_and_leaves_a_trace(grant, asker, as_actor):
    answer = as_actor(asker).post(PAGE, LOOK)

    page = main_words(answer)
    assert "查询结果 姓名 李明" in page
    assert "出生日期" not in page[: page.index("字段")]
    assert KNOWN_ID not in answer.content.decode()
    assert TraceLine.objects.get().reference == "TZ-2026-000123"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fields": ["birth_date"]}, "授权不包含这些字段：birth_date"),
        ({"fields": []}, "授权不包含这些字段"),
        ({"reference": ""}, "请选对事由，并写明所依据的办件号或文号"),
        ({"purpose": "curiosity"}, "请选对事由，并写明所依据的办件号或文号"),
    ],
)
def test_a_refused_look_says_why(grant, asker, as_actor, changes, said):
    answer = as_actor(asker).post(PAGE, LOOK | changes)

    assert answer.status_code == 422
    assert said in main_words(answer)
    assert TraceLine.objects.count() == 0


def test_without_a_grant_there_is_no_form(catalogue, as_actor):
    page = main_words(as_actor(an_officer("planning")).get(PAGE))

    assert "本单位没有查询授权" in page
    assert "查询号码" not in page


def test_the_owner_gives_a_grant_and_ends_it(owner, as_actor):
    an_officer("planning")
    client = as_actor(owner)
    assert "授权其他单位查询" in main_words(client.get(f"{PAGE}grants/new/"))

    given = client.post(f"{PAGE}grants/new/", FORM)
    (grant,) = list_grants()
    seen = main_words(client.get(PAGE))
    refused = client.post(f"{PAGE}grants/{grant.id}/revoke/", {"because": ""}, follow=True)
    ended = client.post(f"{PAGE}grants/{grant.id}/revoke/", {"because": "职能调整"}, follow=True)

    assert given.status_code == 302
    assert (grant.grantee, grant.fields, grant.valid_until, grant.quota_per_day) == (
        "planning", ("division", "name"), date(2027, 12, 31), 100,
    )  # fmt: skip
    assert "planning 《城市规划法》 办理办件 区划、姓名" in seen
    assert "须写明撤销理由" in main_words(refused)
    assert "已撤销" in main_words(ended)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid_until-day": "32"}, "请填写真实存在的日期"),
        ({"valid_until-year": ""}, "请填写真实存在的日期"),
        ({"valid_until-year": "2025"}, "截止日期早于起始日期"),
        ({"quota": "many"}, "每日次数应为正整数"),
        ({"grantee": ""}, "被授权单位有误"),
        ({"basis_en": ""}, "须写明法律依据"),
        ({"fields": []}, "授权不包含这些字段"),
    ],
)
def test_an_unsound_grant_is_shown_again(owner, as_actor, changes, said):
    an_officer("planning")

    answer = as_actor(owner).post(f"{PAGE}grants/new/", FORM | changes)

    assert answer.status_code == 422
    assert said in main_words(answer)
    assert list_grants() == []


def test_others_give_and_end_no_grants(grant, as_actor):
    stranger = as_actor(an_officer("planning", roles=["approver"]))

    refused = stranger.post(f"{PAGE}grants/new/", FORM)
    stranger.post(f"{PAGE}grants/{grant.id}/revoke/", {"because": "x"})

    assert refused.status_code == 422
    assert "没有办理此操作的权限" in main_words(refused)
    assert [found.is_revoked for found in list_grants()] == [False]


def test_a_visitor_signs_in_first_and_nothing_is_not_found(client, catalogue, asker, as_actor):
    assert client.get("/desk/exchange/").status_code == 302
    assert as_actor(asker).get("/desk/exchange/nothing/").status_code == 404
