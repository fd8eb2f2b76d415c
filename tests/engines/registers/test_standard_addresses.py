"""D52, S047: an address that an officer writes into a register is compared with the standard ones."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.errors import DefinitionRefused
from yiwang.maps.testing import NEXT_PLATE, PLATE, PLATE_AT, PLATE_IN_FULL, a_few_plates
from yiwang.registers.testing import apply_packs

from .conftest import APPLIED

_MANIFEST = (
    'name = "care"\nversion = "0.1.0"\ntitle = { zh = "养老", en = "Care" }\n'
    'summary = { zh = "养老", en = "Care" }\nowner = "civil_affairs"\nrequires = []\n'
)
_REGISTER = """code: care_homes
title: {{zh: 养老机构, en: Care homes}}
summary: {{zh: 养老机构, en: Care homes}}
owner: civil_affairs
key: number
district: division
addresses:
  - {{field: address, code_field: address_code, point_field: place{least}}}
fields:
  - {{id: 1, name: number, kind: text, title: {{zh: 编号, en: Number}}, required: true, unique: true}}
  - {{id: 2, name: division, kind: division, title: {{zh: 区划, en: Division}}}}
  - {{id: 3, name: address, kind: address, title: {{zh: 地址, en: Address}}, secrecy: {secrecy}}}
  - {{id: 4, name: address_code, kind: text, title: {{zh: 地址编码, en: Code of the address}}}}
  - {{id: 5, name: place, kind: point, title: {{zh: 位置, en: Place}}}}
"""
NEW = "/desk/registers/care_homes/new/"
HERE = PLATE_AT


def a_register(folder, *, secrecy: str = "internal", least: str = "") -> None:
    pack = folder / "packs" / "care"
    (pack / "registers").mkdir(parents=True)
    (pack / "pack.toml").write_text(_MANIFEST)
    (pack / "registers" / "care_homes.yaml").write_text(_REGISTER.format(secrecy=secrecy, least=least))
    apply_packs(folder / "packs", ["care"], at=APPLIED)


@pytest.fixture
def care(client, base_registers, db, tmp_path):
    """An officer at the desk of a register of homes with address, code and point, and three plates."""
    a_register(tmp_path)
    a_few_plates()
    return sign_in(client, an_officer("civil_affairs"))


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        columns = "number, address, address_code, ST_X(place), ST_Y(place)"
        cursor.execute(f"SELECT {columns} FROM reg.care_homes ORDER BY number")
        return [(*row[:3], row[3:] if row[3] is not None else None) for row in cursor.fetchall()]


def home(address: str, **more: str) -> dict[str, str]:
    return {"number": "H-1", "division": "440103001", "address-detail": address, **more}


def picked(code: str, typed: str) -> dict[str, str]:
    return {"address-place": code, "address-place-for": typed}


def test_d52_an_address_is_suggested_and_compared_before_an_entry_is_made(care):
    form = care.get(NEW).content.decode()
    asked = care.post(NEW, home("科学大道1号"))
    before = rows()
    done = care.post(NEW, home("科学大道1号", **picked(PLATE, "科学大道1号")))

    assert 'data-suggest="/api/addresses/suggestions" data-suggest-posts' in form
    assert asked.status_code == 422
    assert f'name="address-place" type="radio" value="{PLATE}" checked' in asked.content.decode()
    assert PLATE_IN_FULL in asked.content.decode()
    assert before == []
    assert done.status_code == 302
    assert rows() == [("H-1", "科学大道1号", PLATE, HERE)]


def test_d52_what_no_standard_address_is_stays_as_typed_without_code_and_point(care):
    done = care.post(NEW, home("山谷里三块田", **picked("as-typed", "山谷里三块田")))

    assert done.status_code == 302
    assert rows() == [("H-1", "山谷里三块田", None, None)]


def test_d52_a_choice_for_another_text_or_an_address_that_was_not_offered_enters_nothing(care):
    changed = care.post(NEW, home("科学大道11号", **picked(PLATE, "科学大道1号")))
    strange = care.post(NEW, home("科学大道1号", **picked("44019999999999999999", "科学大道1号")))

    assert (changed.status_code, strange.status_code) == (422, 422)
    assert rows() == []


def test_d52_the_standard_text_and_a_code_by_hand_are_not_asked_about_and_a_point_by_hand_stands(care):
    care.post(NEW, home(PLATE_IN_FULL))
    care.post(NEW, home("东门口", number="H-2", address_code=NEXT_PLATE))
    care.post(NEW, home("东门口", number="H-3", address_code=NEXT_PLATE, place="113.5 23.5"))

    assert rows() == [
        ("H-1", PLATE_IN_FULL, PLATE, HERE),
        ("H-2", "东门口", NEXT_PLATE, HERE),
        ("H-3", "东门口", NEXT_PLATE, (113.5, 23.5)),
    ]


def test_d52_a_corrected_address_takes_its_code_and_point_along(care):
    entry = int(care.post(NEW, home(PLATE_IN_FULL)).url.rstrip("/").rpartition("/")[2])
    address = f"/desk/registers/care_homes/entries/{entry}/amend/"
    form = care.post(address, {"reason": "核对"}).content.decode()
    was = dict(re.findall(r'name="(was-[^"]+)" value="([^"]*)"', form))
    sent = {"_version": "1", "_kind": "correction", "reason": "核对", **was}
    kept = {"address_code": PLATE, "place": "113.24 23.11"}

    same = care.post(address, home(PLATE_IN_FULL, division="440103", **kept) | sent)
    asked = care.post(address, home("科学大道11号", **kept) | sent | {"_version": "2"})
    held = rows()
    again = dict(re.findall(r'name="(was-[^"]+)" value="([^"]*)"', asked.content.decode()))
    chosen = picked(NEXT_PLATE, "科学大道11号")
    done = care.post(address, home("科学大道11号", **kept, **chosen) | sent | {"_version": "2"})
    gone = care.post(
        address,
        home("山谷", **picked("as-typed", "山谷"), address_code=NEXT_PLATE, place="113.24 23.11")
        | {**sent, "was-address": "科学大道11号", "was-address_code": NEXT_PLATE, "_version": "3"},
    )

    assert was == again == {
        "was-address": PLATE_IN_FULL, "was-address_code": PLATE, "was-place": "113.24 23.11",
    }  # fmt: skip
    assert same.status_code == 302
    assert asked.status_code == 422
    assert held == [("H-1", PLATE_IN_FULL, PLATE, HERE)]
    assert done.status_code == gone.status_code == 302
    assert rows() == [("H-1", "山谷", None, None)]


@pytest.mark.usefixtures("base_registers", "db")
def test_d52_no_code_is_kept_that_more_may_read_than_the_address(tmp_path):
    with pytest.raises(DefinitionRefused) as refused:
        a_register(tmp_path, secrecy="personal")

    assert "no less secret than 'address'" in str(refused.value.problems[0].reason.en)
