"""Signing in through the real pages: password, second step, lock, sessions, capacities, recovery."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from yiwang.identity.api import find_person_by_resident_id
from yiwang.identity.models import Account, LegalEntity, Mandate
from yiwang.identity.testing import (
    a_citizen,
    a_credit_code,
    a_firm,
    a_mandate,
    a_resident_id,
    an_account,
    an_officer,
    signed_in,
)
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
HALF_MINUTES = 60_000_000


@pytest.fixture
def browser():
    return Client()


def sign_in(browser, username="chen", password=PASSWORD, **extra):
    return browser.post("/account/login/", {"login": username, "password": password}, **extra)


def is_signed_in(browser):
    return "_auth_user_id" in browser.session


@pytest.fixture(autouse=True)
def _codes_of_one_moment(monkeypatch):
    """A code holds for half a minute, which may end between its making and its sending."""
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: 30 * HALF_MINUTES))


def current_code(secret):
    return format_hotp_value(hotp_value(secret, HALF_MINUTES))


def turn_on_second_factor(browser):
    """Through the pages: confirm the password, read the secret, give a code; gives the secret."""
    browser.post("/account/confirm/?next=/account/two-step/app/", {"password": PASSWORD})
    page = browser.get("/account/two-step/app/")
    secret = page.context["form"].secret
    answer = browser.post("/account/two-step/app/", {"code": current_code(secret)})
    assert answer.status_code == 302
    assert answer.url == "/account/two-step/codes/"
    return secret


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", ["login", "register"])
def test_the_entrance_speaks_both_languages(browser, prefix, page):
    answer = browser.get(f"{prefix}/account/{page}/")

    assert answer.status_code == 200
    words = answer.content.decode()
    assert ('lang="en"' in words.split("<head>")[0]) is (prefix == "/en")
    assert "<script>" not in words
    assert " style=" not in words
    assert " onclick" not in words


def test_a_citizen_signs_in_with_a_new_session_and_the_journal_knows(browser):
    a_citizen(username="chen", password=PASSWORD)
    browser.get("/account/login/")
    browser.session["before"] = 1
    browser.session.save()
    key_before = browser.session.session_key

    answer = sign_in(browser)

    assert (answer.status_code, answer.url) == (302, "/space/")
    assert browser.session.session_key != key_before
    entry = JournalEntry.objects.get()
    assert (entry.operation, entry.detail) == ("identity.sign_in.record", {"means": "password"})
    assert "陈小明" in browser.get("/account/").content.decode()


def test_user_names_are_small_letters_however_typed(browser):
    a_citizen(username="chen", password=PASSWORD)

    assert sign_in(browser, " Chen ").status_code == 302


@pytest.mark.parametrize("username", ["chen", "nobody"])
def test_wrong_password_and_unknown_name_read_alike_and_lock_alike(browser, username):
    a_citizen(username="chen", password=PASSWORD)

    for _ in range(5):
        page = sign_in(browser, username, "wrong password").content.decode()
        assert "用户名或密码不正确。" in page
    page = sign_in(browser, username).content.decode()

    assert "登录失败次数过多，请15分钟后再试" in page
    assert not is_signed_in(browser)
    english = browser.post("/en/account/login/", {"login": username, "password": PASSWORD}).content.decode()
    assert "Too many failed attempts" in english


def test_a_closed_account_does_not_get_in(browser):
    a_citizen(username="chen", password=PASSWORD)
    Account.objects.update(is_active=False)

    sign_in(browser)

    assert not is_signed_in(browser)


def test_nobody_is_led_to_another_site(browser):
    a_citizen(username="chen", password=PASSWORD)

    answer = browser.post(
        "/account/login/?next=https://evil.example/", {"login": "chen", "password": PASSWORD}
    )

    assert answer.url == "/space/"


def test_two_steps_with_an_app_and_a_recovery_code(browser):
    a_citizen(username="chen", password=PASSWORD)
    sign_in(browser)
    secret = turn_on_second_factor(browser)
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    codes = browser.get("/account/two-step/codes/").context["unused_codes"]
    assert len(codes) == 10

    other = Client()
    assert sign_in(other).url == "/account/two-step/code/"
    assert not is_signed_in(other)
    assert "验证码不正确" in other.post("/account/two-step/code/", {"code": "000000"}).content.decode()
    answer = other.post("/account/two-step/code/", {"code": codes[0]})
    assert answer.url == "/space/"
    assert is_signed_in(other)
    assert JournalEntry.objects.latest("id").detail == {"means": "password+recovery_codes"}

    third = Client()
    sign_in(third)
    assert third.post("/account/two-step/code/", {"code": codes[0]}).status_code == 200
    assert third.post("/account/two-step/code/", {"code": current_code(secret)}).status_code == 302
    fourth = Client()
    sign_in(fourth)
    used = fourth.post("/account/two-step/code/", {"code": current_code(secret)})
    assert used.status_code == 200, "a code works once"


def test_wrong_codes_lock_like_wrong_passwords(browser):
    a_citizen(username="chen", password=PASSWORD)
    sign_in(browser)
    secret = turn_on_second_factor(browser)
    thief = Client()
    sign_in(thief)

    for _ in range(5):
        thief.post("/account/two-step/code/", {"code": "000000"})
    answer = thief.post("/account/two-step/code/", {"code": current_code(secret)})

    assert "登录失败次数过多" in answer.content.decode()
    assert not is_signed_in(thief)


def test_guessing_the_present_password_locks_too(browser):
    a_citizen(username="chen", password=PASSWORD)
    sign_in(browser)
    change = {"password1": "another good password", "password2": "another good password"}

    for _ in range(5):
        browser.post("/account/password/", change | {"oldpassword": "wrong"})
    answer = browser.post("/account/password/", change | {"oldpassword": PASSWORD})

    assert "登录失败次数过多" in answer.content.decode()
    assert Account.objects.get(username="chen").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("half", "words"), [("", "这个账号还没有密码"), ("/en", "This account has no password yet")]
)
def test_an_account_without_a_password_sets_its_first(half, words):
    who = a_citizen(username="chen")
    browser = signed_in(who)

    page = browser.get(f"{half}/account/password/", follow=True)
    assert page.redirect_chain == [(f"{half}/account/password/new/", 302)]
    assert words in page.content.decode()
    weak = browser.post(f"{half}/account/password/new/", {"password1": "12345678", "password2": "12345678"})
    assert weak.status_code == 200
    assert not Account.objects.get(username="chen").has_usable_password()

    good = {"password1": "another good password", "password2": "another good password"}
    browser.post(f"{half}/account/password/new/", good)
    assert Account.objects.get(username="chen").check_password("another good password")
    # who has one changes it, by the present one
    assert browser.get(f"{half}/account/password/new/").headers["Location"] == f"{half}/account/password/"


def test_a_new_password_signs_out_elsewhere(browser):
    a_citizen(username="chen", password=PASSWORD)
    other = Client()
    sign_in(browser)
    sign_in(other)

    new = "another good password"
    answer = browser.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert answer.status_code == 302
    assert browser.get("/account/").status_code == 200
    assert other.get("/account/").url == "/account/login/?next=/account/"


def test_signing_out_everywhere_else(browser):
    a_citizen(username="chen", password=PASSWORD)
    other = Client()
    sign_in(browser)
    sign_in(other)
    assert browser.get("/account/sessions/").context["session_count"] == 2

    browser.post("/account/sessions/")

    assert browser.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_signing_out_needs_a_post(browser):
    a_citizen(username="chen", password=PASSWORD)
    sign_in(browser)

    assert browser.get("/account/logout/").status_code == 200
    assert is_signed_in(browser)
    browser.post("/account/logout/")
    assert not is_signed_in(browser)


def test_officers_set_up_a_second_step_first_where_the_city_asks(browser, settings):
    settings.YIWANG_OFFICERS_NEED_SECOND_FACTOR = True
    an_officer("planning", roles={"handler"}, username="li", password=PASSWORD)
    sign_in(browser, "li")

    answer = browser.get("/desk/stand-ins/")
    assert answer.url == "/account/two-step/app/"

    turn_on_second_factor(browser)
    assert browser.get("/desk/stand-ins/").status_code == 200


def test_registration(browser):
    facts = {
        "name": "陈小明",
        "resident_id": a_resident_id(5).lower(),
        "phone": "13800001234",
        "username": "Chen.XM",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    faulty = browser.post("/account/register/", facts | {"resident_id": "1", "password2": "x"})
    assert faulty.status_code == 422
    assert {"resident_id", "password2"} >= set(faulty.context["form"].errors)

    assert browser.post("/account/register/", facts).url == "/account/login/"
    assert find_person_by_resident_id(a_resident_id(5)).name == "陈小明"
    assert sign_in(browser, "chen.xm").status_code == 302

    again = Client().post("/account/register/", facts | {"username": "other"})
    assert again.status_code == 422
    assert "已经注册" in again.content.decode()
    assert Account.objects.count() == 1


def test_a_firm_is_added_an_agent_named_and_the_mandate_revoked_mid_session(browser):
    boss = a_citizen(name="陈小明", username="boss", password=PASSWORD)
    agent = a_citizen(name="黄小华", username="agent", password=PASSWORD)
    sign_in(browser, "boss")
    answer = browser.post(
        "/account/firms/register/", {"name": "广州云山建材有限公司", "credit_code": a_credit_code(3)}
    )
    assert answer.url == "/account/firms/"
    firm = LegalEntity.objects.get()
    page = f"/account/firms/{firm.pk}/"
    number = a_resident_id(999)
    assert browser.post(page, {"name": "黄小华", "resident_id": number}).status_code == 422
    number = agent_number(agent)
    assert browser.post(page, {"name": "黄小华", "resident_id": number}).url == page

    worker = Client()
    sign_in(worker, "agent")
    assert worker.post("/account/standing/", {"standing": f"entity:{firm.pk}"}).status_code == 302
    assert "广州云山建材有限公司" in worker.get("/account/").content.decode()
    assert worker.post(page, {"name": "陈小明", "resident_id": number}).context["form"] is None

    mandate = Mandate.objects.get(person_id=agent.person_id)
    browser.post(f"/account/mandates/{mandate.pk}/revoke/", {"entity": firm.pk})
    ended = worker.get("/account/")
    assert ended.url == "/account/standing/"
    assert worker.get("/account/").status_code == 200
    assert boss.person_id != agent.person_id


def agent_number(agent):
    from yiwang.identity.models import Person
    from yiwang.identity.personal_data import unseal

    return unseal(Person.objects.get(pk=agent.person_id).resident_sealed, purpose="person.resident_id")


def test_nobody_chooses_a_capacity_that_is_not_his(browser):
    a_citizen(username="chen", password=PASSWORD)
    firm = a_firm()
    a_mandate(a_citizen(), firm)
    sign_in(browser)

    browser.post("/account/standing/", {"standing": f"entity:{firm.id}"})

    assert "yiwang_standing" not in browser.session
    assert browser.get(f"/account/firms/{firm.id}/").status_code == 302


def test_a_stand_in_through_the_pages(browser):
    an_officer("planning", roles={"handler", "approver"}, username="wang", password=PASSWORD, name="王局")
    an_officer("planning", roles={"handler"}, username="li", password=PASSWORD, name="李科")
    sign_in(browser, "wang")
    posting = browser.get("/desk/stand-ins/").context["form"].fields["posting"].choices[0][0]
    today = timezone.localdate()
    facts = {
        "posting": posting,
        "to_username": "li",
        "roles": ["approver"],
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=3)).isoformat(),
    }
    assert browser.post("/desk/stand-ins/", facts | {"to_username": "nobody"}).status_code == 422
    assert browser.post("/desk/stand-ins/", facts).status_code == 302

    deputy = Client()
    sign_in(deputy, "li")
    page = deputy.get("/account/standing/")
    [key] = [choice.key for choice in page.context["choices"] if choice.key.startswith("delegation:")]
    deputy.post("/account/standing/", {"standing": key})
    assert "代理 王局" in deputy.get("/account/").content.decode()

    browser.post(f"/desk/stand-ins/{key.partition(':')[2]}/end/")
    assert deputy.get("/account/").url == "/account/standing/"


def test_recovery_at_a_counter(browser):
    an_officer("government", roles={"city_admin"}, username="admin", password=PASSWORD)
    a_citizen(username="chen", password="forgotten password")
    sign_in(browser, "admin")
    account = Account.objects.get(username="chen")
    assert "chen" in browser.get("/desk/accounts/?q=che").content.decode()

    page = browser.post(f"/desk/accounts/{account.pk}/recover/")
    first = page.context["password"]
    assert first in page.content.decode()

    citizen = Client()
    sign_in(citizen, "chen", first)
    assert citizen.get("/account/").url == "/account/password/"
    citizen.post("/account/password/", {"oldpassword": first, "password1": PASSWORD, "password2": PASSWORD})
    assert citizen.get("/account/").status_code == 200


def test_an_officers_account_is_opened_and_appointed(browser):
    an_officer("planning", roles={"city_admin"}, username="admin", password=PASSWORD)
    sign_in(browser, "admin")

    page = browser.post("/desk/accounts/new/", {"name": "赵科", "phone": "13800005678", "username": "zhao"})
    password = page.context["password"]
    account = Account.objects.get(username="zhao")
    answer = browser.post(
        f"/desk/accounts/{account.pk}/",
        {"organisation": "planning", "title_zh": "科员", "title_en": "Clerk", "roles": ["window"]},
    )

    assert answer.status_code == 302
    assert account.check_password(password)
    [post] = browser.get(f"/desk/accounts/{account.pk}/").context["posts"]
    assert post["view"].roles == ("window",)


@pytest.mark.parametrize("path", ["/desk/accounts/", "/desk/accounts/new/", "/desk/stand-ins/"])
def test_the_desk_is_for_those_who_may(browser, path):
    assert browser.get(path).url == f"/account/login/?next={path}"
    a_citizen(username="chen", password=PASSWORD)
    sign_in(browser)

    assert browser.get(path).status_code == 403


@pytest.mark.parametrize(
    "path", ["/account/email/", "/account/signup/", "/account/password/reset/", "/account/2fa/", "/accounts/"]
)
def test_pages_of_the_library_that_are_not_used_are_not_there(browser, path):
    assert browser.get(path).status_code == 404


def test_a_page_costs_few_statements(browser, django_assert_max_num_queries):
    an_officer("planning", username="li", password=PASSWORD)
    sign_in(browser, "li")
    browser.get("/desk/stand-ins/")

    # session, account, colleagues, posts, delegations; five counts in the menu
    with django_assert_max_num_queries(10):
        browser.get("/desk/stand-ins/")


def test_every_page_of_ones_account_is_whole_in_english(browser):
    an_account()
    a_citizen(username="chen", password=PASSWORD)
    sign_in(browser)
    browser.post("/account/confirm/", {"password": PASSWORD})

    for path in ("", "password/", "two-step/", "two-step/app/", "sessions/", "firms/", "firms/register/"):
        page = browser.get(f"/en/account/{path}")
        assert page.status_code == 200, path
        main = page.content.decode().partition("<main")[2].partition("</main")[0]
        foreign = [sign for sign in main.replace("陈小明", "") if "\u4e00" <= sign <= "\u9fff"]
        assert foreign == [], path
