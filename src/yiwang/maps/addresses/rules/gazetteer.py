"""Names of divisions as they begin an address: whole, shortened, or by another name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

LEVELS = {2: "province", 4: "city", 6: "district", 9: "street", 12: "community"}
#: What makes the name of a place that of a body: 翠洲社区居民委员会, 乌石村委会.
_BODY = re.compile(r"(社区)?(村民|居民|居)?(居委|委员|委)会(居委会)?$")
#: Provinces (GB/T 2260) in which a city may lie.
_PROVINCES = {
    "110000": "北京市", "120000": "天津市", "130000": "河北省", "140000": "山西省", "150000": "内蒙古自治区",
    "210000": "辽宁省", "220000": "吉林省", "230000": "黑龙江省", "310000": "上海市", "320000": "江苏省",
    "330000": "浙江省", "340000": "安徽省", "350000": "福建省", "360000": "江西省", "370000": "山东省",
    "410000": "河南省", "420000": "湖北省", "430000": "湖南省", "440000": "广东省",
    "450000": "广西壮族自治区", "460000": "海南省", "500000": "重庆市", "510000": "四川省",
    "520000": "贵州省", "530000": "云南省", "540000": "西藏自治区", "610000": "陕西省", "620000": "甘肃省",
    "630000": "青海省", "640000": "宁夏回族自治区", "650000": "新疆维吾尔自治区",
}  # fmt: skip
_SHORTENED = {
    "province": ("省",), "city": ("市",), "district": ("区", "县", "市"), "street": ("街道", "镇", "乡"),
}  # fmt: skip


class Named(NamedTuple):
    """A division under one of its names; ``whole`` unless the name is shortened."""

    name: str
    code: str
    level: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Divisions by the first two signs of each of their names, longest names first."""

    by_beginning: Mapping[str, tuple[Named, ...]]
    #: The standard name of each code, as it is printed.
    names: Mapping[str, str]

    def at(self, text: str) -> tuple[Named, ...]:
        """Divisions whose name begins the text, longest first."""
        some = (*self.by_beginning.get(text[:2], ()), *self.by_beginning.get(text[:1], ()))
        return tuple(each for each in some if text.startswith(each.name))

    def code_of(self, name: str, level: str) -> str:
        """The code of a whole name at a level; empty where there is none."""
        return next((each.code for each in self.at(name) if each.level == level and each.name == name), "")

    def names_of(self, code: str) -> dict[str, str]:
        """Standard names of a division and those above it, by level."""
        return {
            level: name
            for length, level in LEVELS.items()
            if (name := self.names.get(key_of(code, length))) and len(code) >= length
        }


def key_of(code: str, length: int) -> str:
    """The code of the division above at a level: 6 digits with zeros down to the district."""
    return code[:length].ljust(6, "0")


def level_of(code: str) -> str:
    """Province, city, district, street or community."""
    if len(code) > 6:
        return LEVELS[len(code)]
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "district"


def place_of_body(name: str) -> str:
    """Name of the place of a residents' or villagers' committee.

    >>> place_of_body("翠洲社区居民委员会"), place_of_body("古西村民委员会"), place_of_body("长安居委会")
    ('翠洲社区', '古西村', '长安社区')
    """
    found = _BODY.search(name)
    if found is None:
        return name
    stem = name[: found.start()]
    if stem.endswith(("村", "社区")):
        return stem
    return stem + ("村" if found[2] == "村民" else "社区")


def make_gazetteer(divisions: Mapping[str, str], *, also: Iterable[tuple[str, str]] = ()) -> Gazetteer:
    """A gazetteer of codes and names; ``also`` gives further names of a code, such as 穗 of 440100."""
    names = {code: place_of_body(name) for code, name in divisions.items()}
    provinces = {f"{code[:2]}0000" for code in divisions} & _PROVINCES.keys()
    names |= {code: _PROVINCES[code] for code in provinces}
    found: dict[str, set[Named]] = defaultdict(set)
    for code, name in names.items():
        for each in _named(code, name):
            found[each.name[:2]].add(each)
    for name, code in also:
        found[name[:2]].add(Named(name, code, level_of(code), whole=False))
    ordered = {
        key: tuple(sorted(named, key=lambda each: (-len(each.name), not each.whole, each.code)))
        for key, named in found.items()
    }
    return Gazetteer(ordered, names)


def _named(code: str, name: str) -> Iterable[Named]:
    level = level_of(code)
    yield Named(name, code, level, whole=True)
    if level == "community":
        return
    for ending in _SHORTENED[level]:
        stem = name.removesuffix(ending)
        if stem != name and len(stem) > 1:
            yield Named(stem, code, level, whole=False)
            if ending == "街道":
                yield Named(f"{stem}街", code, level, whole=False)
                yield Named(f"{stem}街办", code, level, whole=True)
            break
