"""The demonstration city's sign-ins are made once, work, and are of nobody."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from yiwang.identity.api import (
    actor_of_account,
    demonstration_sign_ins,
    ensure_administrator,
    entities_of,
    load_city,
    set_up_demonstration,
)
from yiwang.identity.models import Account, Person, Posting
from yiwang.identity.testing import NOON, an_organisation
from yiwang.kernel.errors import DefinitionRefused

pytestmark = pytest.mark.django_db
GUANGZHOU = Path(__file__).parents[3] / "cities" / "guangzhou"


def test_every_listed_sign_in_works_and_a_second_start_adds_nothing():
    load_city(GUANGZHOU)
    made = set_up_demonstration(GUANGZHOU, at=NOON)
    assert made == Account.objects.count()
    Account.objects.filter(username="chen").update(must_change_password=True)

    assert set_up_demonstration(GUANGZHOU, at=NOON + timedelta(days=1)) == 0

    assert Account.objects.get(username="chen").must_change_password is True
    listed = demonstration_sign_ins(GUANGZHOU)
    assert {"service_centre.window", "supervisor", "leader", "admin", "auditor", "chen", "luo", "he.jh"} <= {
        entry.username for entry in listed
    }
    for entry in listed:
        answer = Client().post("/account/login/", {"login": entry.username, "password": entry.password})
        assert answer.status_code == 302, entry.username
        assert not re.search(r"[\u4e00-\u9fff]", entry.title.en.partition(" of ")[0])


def test_people_and_firms_are_of_nobody():
    load_city(GUANGZHOU)
    set_up_demonstration(GUANGZHOU, at=NOON)

    assert Person.objects.filter(synthetic=False).count() == 0
    numbers = Person.objects.exclude(resident_masked="").values_list("resident_masked", flat=True)
    assert {number[:6] for number in numbers} == {"440100"}
    boss = actor_of_account(Account.objects.get(username="luo"), at=NOON)
    assert [firm.name for firm in entities_of(boss.person_id, at=NOON)] == ["广州云山建材有限公司"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("organisation: planning,", "organisation: plannning,", "there is no organisation 'plannning'"),
        ("roles: [supervisor]", "roles: [emperor]", "there is no role 'emperor'"),
        ("440100198503120017", "440100198503120018", "not a well-formed resident identity number"),
        ("agents: [he.jh]", "agents: [nobody]", "firms name people who are not citizens here: nobody"),
        ("username: leader", "username: chen", "user names stand twice: chen"),
    ],
)
def test_a_fault_is_refused_and_nobody_is_made(tmp_path, old, new, problem):
    load_city(GUANGZHOU)
    folder = shutil.copytree(GUANGZHOU, tmp_path / "guangzhou")
    text = (folder / "demonstration.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "demonstration.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(DefinitionRefused) as refused:
        set_up_demonstration(folder, at=NOON)

    assert problem in str(refused.value)
    assert str(refused.value).startswith("cities/guangzhou/demonstration.yaml")
    assert Account.objects.count() == 0


def test_a_real_city_gets_one_administrator_with_a_password_of_its_own():
    an_organisation("informatization")

    first = ensure_administrator("informatization", at=NOON)

    assert ensure_administrator("informatization", at=NOON) is None
    account = Account.objects.get(username="admin")
    assert account.check_password(first.password)
    assert account.must_change_password is True
    assert Posting.objects.get().roles == ["city_admin"]
