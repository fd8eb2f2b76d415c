"""A free text read as an address: divisions by the city's gazetteer, then road, plate and inside.

Each step takes what it knows from the text and leaves the rest, so a part that is missing, doubled or out of
order costs that part only. Nothing here knows which roads there are: the search does.
"""

from __future__ import annotations

import re
from dataclasses import replace

from yiwang.maps.addresses.contracts import LONGEST_TEXT, Address, HouseNumber, Reading
from yiwang.maps.addresses.rules.cleaning import cleaned
from yiwang.maps.addresses.rules.gazetteer import Gazetteer, Named
from yiwang.maps.addresses.rules.inside import Inside, read_inside
from yiwang.maps.addresses.rules.numerals import SIGNS, in_figures

_MARKS = "甲乙丙丁戊己庚辛"
_ROAD_ENDS = "大道|大街|马路|公路|横路|横街|直街|路|街|巷|里|坊|道|径|弄|胡同|环|线(?!路)"
#: What follows a shortened division only if it was no division: 天河|北路, 越秀|公园, 白云|大道.
_GOES_ON = re.compile(
    rf"[东西南北中前后新旧老上下内外一二三四五六七八九十]{{0,2}}(?:{_ROAD_ENDS}|村|社区)"
    r"|\d|-|号|区|县|镇|街道|站|桥|城|山|湖|广场|大厦|花园|酒店|宾馆|医院|公园|小学|中学|大学|$"
)
_NUMBERED = re.compile(rf"(?:自编|第)?[\d{SIGNS}]+号?|[-东西南北中号#{_MARKS}]|$")
#: A village or community whose name a road bears: 坑头村|大道.
_ROAD_GOES_ON = re.compile(r"[东西南北中]?(?:大道|大街|马路|公路|路|街|巷)")
_TOKEN = re.compile(rf".+?(?:大道[东西南北中]?|(?:{_ROAD_ENDS})(?:[东西南北中](?=$))?)")
_PLATE = re.compile(
    rf"(?P<own>自编|临)?第?(?P<before>[{_MARKS}])?(?P<number>\d{{1,5}})(?P<mid>[{_MARKS}A-Z])?"
    r"(?:-(?P<last>\d{1,5})|之(?P<sub0>\d{1,3}))?号(?!楼|房|铺|线)"
    rf"(?P<behind>[{_MARKS}](?![栋座幢]))?(?:(?:之|-)(?P<sub>\d{{1,2}})(?![\d栋座幢层楼-])号?)?"
    r"(?:附(?P<annex>\d{1,3})号?)?(?P<court>大院|院(?!子))?"
)
#: A plate without 号, right behind a road.
_LOOSE = re.compile(
    rf"(?P<line>.+?(?:{_ROAD_ENDS})[东西南北中]?)(?P<number>\d{{1,4}})"
    rf"(?P<mid>[{_MARKS}A-Z](?![栋座幢\d]))?(?:之(?P<sub>\d{{1,2}}))?(?![\d栋座幢号室房层楼单梯期米线F.])"
)
_MIDDLE: tuple[str, ...] = ("province", "city", "district", "street")


def read(text: str, gazetteer: Gazetteer, *, shortened: bool = True) -> Reading:
    """Read a text; what can't be read is empty. ``shortened`` takes 越秀 for 越秀区 where that makes sense.

    Never fails, and takes time in proportion to the text, of which no more than ``LONGEST_TEXT`` is read.
    """
    plain, notes = cleaned(text[:LONGEST_TEXT])
    plain = _without_sender(plain, gazetteer)
    divisions, rest, repeated = _take_divisions(plain, gazetteer, shortened=shortened)
    if "district" not in divisions:
        moved, rest = _taken_out(rest, gazetteer, divisions)
        repeated = repeated or bool(moved)
        divisions |= moved
    address, left = _read_line(in_figures(rest))
    address = replace(
        address,
        province=divisions.get("province", ""),
        city=divisions.get("city", ""),
        district=divisions.get("district", ""),
        street=divisions.get("street", ""),
        community=divisions.get("community", ""),
    )
    return Reading(address=address, rest=left + notes, repeated=repeated)


def _without_sender(plain: str, gazetteer: Gazetteer) -> str:
    """The text from its first whole city or district on, where only a name can stand before."""
    if gazetteer.at(plain):
        return plain
    for place in range(1, min(len(plain), 7)):
        if plain[place - 1].isdigit() or _TOKEN.fullmatch(plain[:place]):
            return plain
        if any(
            each.whole and each.level in ("province", "city", "district")
            for each in gazetteer.at(plain[place:])
        ):
            return plain[place:]
    return plain


def _take_divisions(text: str, gazetteer: Gazetteer, *, shortened: bool) -> tuple[dict[str, str], str, bool]:
    """Standard names by level, what is left, and whether one was there twice."""
    found: dict[str, str] = {}
    repeated = False
    while text:
        named = next(
            (each for each in gazetteer.at(text) if _fits(each, text[len(each.name) :], shortened=shortened)),
            None,
        )
        if named is None:
            break
        text = text[len(named.name) :]
        if named.level in found:
            repeated = True
        else:
            found[named.level] = gazetteer.names[named.code]
    return found, text, repeated


def _fits(named: Named, behind: str, *, shortened: bool) -> bool:
    if named.whole:
        return named.level != "community" or not _ROAD_GOES_ON.match(behind)
    if named.level in ("province", "city"):
        return not _GOES_ON.match(behind)
    if named.name.endswith("街"):  # 北京街 of 北京街道, unless it is a street with its number
        return shortened and not _NUMBERED.match(behind)
    return shortened and not _GOES_ON.match(behind)


def _taken_out(text: str, gazetteer: Gazetteer, known: dict[str, str]) -> tuple[dict[str, str], str]:
    """Whole names of divisions that stand behind the road or the plate, with the communities behind them."""
    found: dict[str, str] = {}
    place, levels = 1, _MIDDLE
    while place < len(text):
        named = next(
            (each for each in gazetteer.at(text[place:]) if each.whole and each.level in levels), None
        )
        if named is None or named.level in known or _ROAD_GOES_ON.match(text[place + len(named.name) :]):
            place, levels = place + 1, _MIDDLE
            continue
        found.setdefault(named.level, gazetteer.names[named.code])
        text = text[:place] + text[place + len(named.name) :]
        levels = (*_MIDDLE, "community")
    return found, text


def readings(text: str, gazetteer: Gazetteer) -> tuple[Address, ...]:
    """The reading, and another one where a shortened division may be the beginning of a road: 赤岗|横路."""
    first = read(text, gazetteer).address
    second = read(text, gazetteer, shortened=False).address
    return (first,) if first == second else (first, second)


def _read_line(text: str) -> tuple[Address, str]:
    """Road, plate and inside of what follows the divisions, and what is left."""
    plate = _PLATE.search(text)
    if plate is not None:
        line, behind = text[: plate.start()], text[plate.end() :]
        number = _number(plate.groupdict())
        if not line:
            line, behind = _line_behind(behind)
        inside = read_inside(behind)
        road, lane, front = _split(line, bare=True)
        return _address(road, lane, number, inside, front), inside.rest
    loose = _LOOSE.match(text)
    if loose is not None:
        number = _number({**loose.groupdict(), "own": None})
        inside = read_inside(text[loose.end() :])
        road, lane, _ = _split(loose["line"], bare=True)
        return _address(road, lane, number, inside, ""), inside.rest
    tokens = _TOKEN.match(text)
    road, lane, behind = _split(text, bare=False) if tokens else ("", "", text)
    inside = read_inside(behind)
    return _address(road, lane, HouseNumber(), inside, ""), inside.rest


def _address(road: str, lane: str, plate: HouseNumber, inside: Inside, front: str) -> Address:
    return Address(
        road=road,
        lane=lane,
        plate=plate,
        place=inside.place or front,
        building=inside.building,
        unit=inside.unit,
        floor=inside.floor,
        room=inside.room,
    )


def _line_behind(behind: str) -> tuple[str, str]:
    """The road of 12号北京路: behind its number, and nothing but what is inside may follow."""
    token = re.match(rf"[\u3400-\u9fff]{{1,9}}?(?:{_ROAD_ENDS})[东西南北中]?(?=$|[\dA-Z-])", behind)
    return (token[0], behind[token.end() :]) if token else ("", behind)


def _split(line: str, *, bare: bool) -> tuple[str, str, str]:
    """Road, lane, and what is behind the last of both; without any road the line is one if it stands bare."""
    place, tokens = 0, []
    while found := _TOKEN.match(line, place):
        if not bare and any(sign.isdigit() for sign in found[0]):
            break
        tokens.append(found[0])
        place = found.end()
    if tokens and 0 < len(line) - place < 2:  # 达道街: its first sign of a road was in its name
        tokens[-1], place = tokens[-1] + line[place:], len(line)
    if not tokens:
        return (line, "", "") if bare else ("", "", line)
    return tokens[0], "".join(tokens[1:]), line[place:]


def _number(parts: dict[str, str | None]) -> HouseNumber:
    number, last = int(parts["number"] or 0), int(parts.get("last") or 0)
    sub = int(parts.get("sub") or parts.get("sub0") or 0)
    if last and last <= number:  # 12-1号 is the first door of 12, not a range
        last, sub = 0, sub or last
    return HouseNumber(
        number=number,
        last=last,
        mark=parts.get("before") or parts.get("mid") or parts.get("behind") or "",
        sub=sub,
        annex=int(parts.get("annex") or 0),
        compound=bool(parts.get("court")),
        provisional=bool(parts.get("own")),
    )
