"""D52: a written address is found with its reasons, from a point too, and the index follows the registers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from yiwang.maps.addresses import api
from yiwang.maps.addresses.contracts import Part, PartState, PointOutside
from yiwang.maps.addresses.indexing import index_waiting, make_index
from yiwang.maps.addresses.models import Door, PlaceName, Waiting
from yiwang.maps.addresses.synthesis.dirty import Dirt, dirty_truth
from yiwang.platform.outbox import deliver
from yiwang.registers.api import enter_entry, retire_entry
from yiwang.registers.testing import an_officer

from .conftest import AT, COMMUNITIES

POLICE = an_officer("public_security", "handler", account=12)
FIRST = "44010400310800000001"


def states(found: api.Found) -> dict[Part, PartState]:
    return {reason.part: reason.state for reason in found.reasons}


def test_d52_an_address_is_found_and_each_part_says_why(ground):
    [best] = api.find_address("收件人：张三 13800138000，天河区示例路一号")

    # the district that is written has such a road too; the street office and community are supplied
    assert best.full == "广州市天河区五山街道岳洲社区示例路1号"
    assert states(best) == {
        Part.DISTRICT: PartState.MATCHED, Part.STREET: PartState.SUPPLIED,
        Part.COMMUNITY: PartState.SUPPLIED, Part.ROAD: PartState.MATCHED, Part.NUMBER: PartState.MATCHED,
    }  # fmt: skip
    assert best.confidence > 0.9
    # without a district two roads are meant, and neither is sure
    [one, other, *_] = api.find_address("示例路1号")
    assert {one.code, other.code} == {FIRST, best.code}
    assert one.confidence < 0.9
    assert all("张三" not in reason.text.zh and "138" not in reason.text.zh for reason in best.reasons)


WRONG = [
    ("东山区北京街样本旧街1号", FIRST, Part.ROAD, PartState.CORRECTED),
    ("黄埔区盐运西社区示例路1号", FIRST, Part.DISTRICT, PartState.CORRECTED),
    ("越秀区示列路1号", FIRST, Part.ROAD, PartState.CORRECTED),
    ("越秀区示例路1号之一", "44010400310800000002", Part.NUMBER, PartState.MATCHED),
    ("越秀区示例路3号样板花园2座301室", "44010400310800000004", Part.NUMBER, PartState.MATCHED),
    ("样板花园2栋", "44010400310800000003", Part.NUMBER, PartState.MISSING),
    ("越秀区示例路2号", FIRST, Part.NUMBER, PartState.MISSING),
]


def test_d52_what_was_wrong_or_missing_is_told(ground):
    found = {text: api.find_address(text)[0] for text, *_ in WRONG}

    assert [(text, found[text].code, part, states(found[text])[part]) for text, _, part, _ in WRONG] == WRONG
    assert api.find_addresses(["", "您好", "13800138000"]) == [(), (), ()]


def test_d52_dirty_addresses_of_a_generator_of_its_own_are_found(ground):
    dirt = Dirt(5, ["荔湾区", "越秀区", "天河区", "黄埔区"], ground.names)
    names = {each.code: each.names for each in COMMUNITIES}
    truth = list(dirty_truth(ground.rows, names.__getitem__, dirt, count=300, seed=5))
    found = api.find_addresses([each.text for each in truth])
    doors = {door.code: door for door in Door.objects.all()}
    right = 0
    for each, answers in zip(truth, found, strict=True):
        if answers:
            door, meant = doors[answers[0].code], doors[each.code]
            right += (door.line, door.number, door.tail) == (meant.line, meant.number, meant.tail)

    assert right >= 291


def test_d52_the_nearest_addresses_of_a_point_come_with_metres(ground):
    near = api.addresses_at(113.2668, 23.1285, metres=100)

    assert [each.code for each in near] == [
        FIRST, "44010400310800000002", "44010400200200000001", "44010400310800000003",
        "44010400310800000004",
    ]  # fmt: skip
    assert near[0].metres == 0.0
    assert near[1].metres == pytest.approx(10.2, abs=0.2)
    assert api.addresses_at(0.0, 0.0) == ()
    with pytest.raises(PointOutside):
        api.addresses_at(181.0, 23.0)


def test_d52_a_tower_of_many_rooms_hides_neither_its_plate_nor_its_neighbours(ground):
    columns = sorted({field.column for field in Door._meta.concrete_fields} - {"entry", "code", "level"})
    names = ", ".join(f'"{each}"' for each in [*columns, "point"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO addresses_door (entry, code, level, {names}) "
            f"SELECT 900000 + n, d.code || n, 'room', {names} "
            "FROM addresses_door d, generate_series(100, 220) n WHERE d.code = %s",
            [FIRST],
        )
    near = {each.code for each in api.addresses_at(113.2668, 23.1285, metres=100, most=200)}

    assert {FIRST, "44010400310800000002", "44010400200200000001"} <= near


def test_d52_addresses_are_suggested_while_somebody_types(ground):
    wanted = {
        "示例": "越秀区示例路", "sll": "越秀区示例路",
        "shililu": "越秀区示例路", "天河区示例": "天河区示例路",
        "越秀区示例路3": "广州市越秀区北京街道盐运西社区示例路3号样板花园2栋",
        "越秀区样本旧街1号": "广州市越秀区北京街道盐运西社区示例路1号", "x": "", "qqqq": "",
    }  # fmt: skip
    found = {typed: api.suggest_addresses(typed) for typed in wanted}

    assert {typed: lines[0].text if lines else "" for typed, lines in found.items()} == wanted


def test_d52_the_index_follows_entries_that_come_and_go(ground):
    deliver(at=AT)
    Waiting.objects.all().delete()
    values = {
        "code": "44010400310800000009", "full": "广州市越秀区北京街道盐运西社区新造巷7号",
        "division": "440104003108", "road": "新造巷", "plate": "7号", "level": "plate", "status": "used",
        "origin": "survey",
    }  # fmt: skip
    written = enter_entry(actor=POLICE, at=AT, register="addresses", values=values)
    before = api.find_address("越秀区新造巷7号")
    deliver(at=AT)
    index_waiting(AT)
    [after, *_] = api.find_address("越秀区新造巷7号")
    assert (before, after.code) == ((), "44010400310800000009")
    assert PlaceName.objects.get(name="新造巷").doors == 1

    retire_entry(
        actor=POLICE, at=AT, register="addresses", entry=written.entry, version=1,
    )  # fmt: skip
    make_index(AT)
    assert api.find_address("越秀区新造巷7号") == ()
    assert not PlaceName.objects.filter(name="新造巷").exists()


def _street(road: str, nth: int, place: str = "") -> dict[str, str]:
    full = f"广州市越秀区北京街道盐运西社区{road}7号{place}"
    return {
        "code": f"4401040031080000002{nth}", "full": full, "division": "440104003108", "road": road,
        "plate": "7号", "place": place, "level": "plate", "status": "used", "origin": "survey",
    }  # fmt: skip


def _other(name: str, stands_for: str, nth: int, **more: str) -> dict[str, str]:
    said = {"code": f"N{nth}", "name": name, "kind": "road", "stands_for": stands_for, "division": "440104"}
    return said | more


@pytest.fixture
def renamed(ground) -> None:
    """旧巷 has been 新巷 since 2005, and from 2010 another lane has been called 旧巷."""
    for nth, road in enumerate(("新巷", "旧巷")):
        enter_entry(actor=POLICE, at=AT, register="addresses", values=_street(road, nth))
    values = _other("旧巷", "新巷", 1, used_from="1950-01-01", used_to="2005-05-31")
    enter_entry(actor=POLICE, at=AT, register="address_names", values=values)
    make_index(AT)


@pytest.mark.parametrize(
    ("as_of", "road"),
    [
        (None, "旧巷"),
        (date(1949, 12, 31), "旧巷"),
        (date(1950, 1, 1), "新巷"),
        (date(2005, 5, 31), "新巷"),
        (date(2005, 6, 1), "旧巷"),
    ],
)
def test_d52_a_name_means_what_it_meant_on_the_day_of_writing(renamed, as_of, road):
    [first, second] = api.find_address("越秀区旧巷7号", as_of=as_of)

    assert (first.full[15:], second.full[15:]) == (f"{road}7号", f"{'旧巷' if road == '新巷' else '新巷'}7号")
    assert first.confidence > second.confidence
    [old] = [each for each in (first, second) if each.full.endswith("新巷7号")]
    said = next(each.text for each in old.reasons if each.part is Part.ROAD)
    assert said.zh == "旧巷是新巷2005年5月31日前的名称"
    assert said.en == "旧巷 was the name of 新巷 until 31 May 2005"


def test_d52_a_name_given_once_more_without_an_end_is_in_use(renamed):
    values = _other("旧巷", "新巷", 2, used_from="2015-01-01")
    enter_entry(actor=POLICE, at=AT, register="address_names", values=values)
    make_index(AT)

    row = PlaceName.objects.get(name="旧巷", stands_for="新巷")
    assert (row.used_from, row.used_to) == (date(1950, 1, 1), None)


def test_d52_an_estate_is_found_by_its_old_name(ground):
    enter_entry(actor=POLICE, at=AT, register="addresses", values=_street("无名里", 5, "样板新苑"))
    values = _other("样板旧苑", "样板新苑", 3, kind="place", used_to="2001-12-31")
    enter_entry(actor=POLICE, at=AT, register="address_names", values=values)
    make_index(AT)

    [found, *_] = api.find_address("越秀区样板旧苑")
    [by_own_name, *_] = api.find_address("越秀区样板新苑")

    assert (found.code, by_own_name.code) == ("44010400310800000025",) * 2
    said = next(each.text.en for each in found.reasons if each.part is Part.ROAD)
    assert said == "样板旧苑 was the name of 样板新苑 until 31 December 2001"
    said = next(each.text.zh for each in by_own_name.reasons if each.part is Part.ROAD)
    assert said == "小区或建筑物一致：样板新苑"
