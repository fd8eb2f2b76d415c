"""Synthetic people: plausible names, numbers with valid check digits that no office has given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from yiwang.cli.simulation.draws import Draws
from yiwang.cli.simulation.places import Place, Places
from yiwang.kernel.codes import make_resident_id
from yiwang.registers.synthesis.names import SURNAMES
from yiwang.registers.synthesis.numbers import PHONE_RANGE

# The city's own code: numbers are given by districts, so no real number begins with it.
REGION = "440100"
_OLDEST, _YOUNGEST = date(1944, 1, 1), date(2005, 12, 31)
_MEN = [
    "志强", "家豪", "俊杰", "国栋", "伟明", "永康", "浩然", "子轩", "建华", "振宇", "景行", "锦添",
    "嘉明", "文彬", "启航", "卓然", "德昌", "润生", "海波", "泽宇", "耀辉", "汉文", "立群", "少雄",
    "毅", "鹏", "凯", "晖", "钧",
]  # fmt: skip
_WOMEN = [
    "美玲", "淑芬", "嘉欣", "晓彤", "婉仪", "思敏", "佩珊", "雅婷", "颖诗", "丽华", "秀珍", "慧敏", "凯琳",
    "诗韵", "静怡", "若琳", "绮雯", "少芳", "惠贞", "咏梅", "泳诗", "紫晴", "玉兰", "燕玲",
    "敏", "婷", "颖", "琳", "茵",
]  # fmt: skip
# GB/T 3304: Han 01, Zhuang 08, Yao 13, Hui 03; GB/T 2261.2 of marital status.
_GROUPS = {"01": 955, "08": 25, "13": 10, "03": 10}
_MARITAL = {"10": 30, "20": 62, "30": 3, "40": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticPerson:
    """Somebody who does not exist."""

    username: str
    name: str
    resident_id: str
    sex: str
    birth: date
    phone: str
    home: Place
    ethnic_group: str
    marital_status: str


def synthetic_people(draws: Draws, places: Places) -> Iterator[SyntheticPerson]:
    """People without end, each with a number of their own; the first are the same however many are taken."""
    taken: set[str] = set()
    index = 0
    while True:
        index += 1
        chance = draws.of("person", index)
        is_man = chance.random() < 0.5
        birth = _OLDEST + timedelta(days=chance.randrange((_YOUNGEST - _OLDEST).days))
        number = make_resident_id(REGION, birth, chance.randrange(1 if is_man else 2, 1000, 2))
        surname = chance.choices(list(SURNAMES), weights=list(SURNAMES.values()))[0]
        given = chance.choice(_MEN if is_man else _WOMEN)
        person = SyntheticPerson(
            username=f"s{draws.seed}.{index:05}",
            name=surname + given,
            resident_id=number,
            sex="1" if is_man else "2",
            birth=birth,
            phone=f"{PHONE_RANGE}{chance.randrange(10**8):08}",
            home=places.draw(chance),
            ethnic_group=chance.choices(list(_GROUPS), weights=list(_GROUPS.values()))[0],
            marital_status=chance.choices(list(_MARITAL), weights=list(_MARITAL.values()))[0],
        )
        if number not in taken:
            taken.add(number)
            yield person
