"""Made-up entries of any register, each drawn from its key: the same key gives the same entry everywhere.

Identity numbers, credit codes and divisions stand in the regions of ``numbers.REGIONS``, which no district
has; telephones in a range that was never given out; other keys begin with ``TWIN-``. So a real key is known
by its form and refused before anything else, and no answer can be taken for somebody's data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from yiwang.kernel.codes import birth_of, check_credit_code, check_resident_id, make_credit_code
from yiwang.kernel.codes import make_resident_id as resident_id
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import NUMERIC, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.synthesis.names import GIVEN, SURNAME_PLACES
from yiwang.registers.synthesis.numbers import PHONE_RANGE, REGIONS, credit_code

#: One key in so many has no entry, so that a program meets that answer too.
_WITHOUT_ENTRY = 16
_TEXT_KEY = re.compile(r"TWIN-[0-9]{8}")
_FIRST_DAY, _DAYS = date(1940, 1, 1), 22_000
#: After every birth above, so that whoever reads dates of an entry finds them in order.
_LATER_DAY, _LATER_DAYS = date(2001, 1, 1), 8_000
_SECTIONS = ("C26", "F51", "G54", "H62", "I65", "L72", "M75", "R88")
_SIGNS = "安信达康源丰兴隆腾飞翔联创盈泽润科美景明远诚德"
_PEOPLE = ("name", "representative", "holder", "person", "contact")


def nth_key(kind: FieldKind, place: int) -> str:
    """The key of a place (0 to some millions), of a kind of key."""
    match kind:
        case FieldKind.RESIDENT_ID:
            born = _FIRST_DAY + timedelta(days=place * 7_919 % _DAYS)
            return resident_id(REGIONS[place % len(REGIONS)], born, place % 999 + 1)
        case FieldKind.CREDIT_CODE:
            return credit_code(place)
        case FieldKind.DIVISION:
            return f"{REGIONS[place % len(REGIONS)]}{place // len(REGIONS) % 1_000_000:06}"
        case _:
            return f"TWIN-{place % 100_000_000:08}"


def is_made_up(kind: FieldKind, key: str) -> bool:
    """Whether a key could only be one of the twin's."""
    match kind:
        case FieldKind.RESIDENT_ID:
            return key[:6] in REGIONS and check_resident_id(key, on=date(2100, 1, 1)) is None
        case FieldKind.CREDIT_CODE:
            return key[2:8] in REGIONS and check_credit_code(key) is None
        case FieldKind.DIVISION:
            return key[:6] in REGIONS and len(key) in (6, 9, 12) and key.isascii() and key.isdigit()
        case _:
            return _TEXT_KEY.fullmatch(key) is not None


def has_entry(register: str, key: str) -> bool:
    """Whether the twin has an entry of a key that is its own."""
    return _chance(register, key, "entry").randrange(_WITHOUT_ENTRY) != 0


def value_of(
    definition: RegisterDefinition, field: FieldDefinition, key: str, key_kinds: Mapping[str, FieldKind]
) -> Json:
    """A field of the entry of a key. ``key_kinds`` are the kinds of the keys of registers referred to."""
    if field.name == definition.key:
        return key
    chance = _chance(definition.code, key, field.name)
    if not field.required and chance.random() < 0.1:
        return None
    about = key if definition.key_field.kind is FieldKind.RESIDENT_ID else ""
    told = _told_by_number(field, about) if about else None
    return _drawn(field, chance, key_kinds) if told is None else told


def _drawn(field: FieldDefinition, chance: Random, key_kinds: Mapping[str, FieldKind]) -> Json:
    if field.kind in NUMERIC:
        return _number(field, chance)
    if field.kind is FieldKind.REFERENCE:
        kind = key_kinds.get(field.register_code or "", FieldKind.TEXT)
        return nth_key(kind, chance.randrange(100_000))
    if field.kind is FieldKind.CODE:
        return chance.choice(field.codes).code
    if field.longest is not None:
        return _words(field, chance)[: field.longest]
    return _KINDS[field.kind](chance)


def _chance(*about: str) -> Random:
    return Random("/".join(("twin", *about)))  # noqa: S311 - made-up people; nothing secret hangs on it


def _told_by_number(field: FieldDefinition, number: str) -> Json:
    """What an identity number says itself; the same person has the same name in every register."""
    sex = "1" if int(number[16]) % 2 else "2"
    if field.kind is FieldKind.SEX:
        return sex
    if field.kind is FieldKind.DATE and "birth" in field.name:
        born = birth_of(number)
        return born.isoformat() if born else None
    return _person(_chance("name", number), sex) if field.name == "name" else None


def _person(chance: Random, sex: str) -> str:
    return chance.choice(SURNAME_PLACES) + chance.choice(GIVEN[sex])


def _words(field: FieldDefinition, chance: Random) -> str:
    number = chance.randrange(10_000)
    if field.kind is FieldKind.ADDRESS:
        return f"孪生市示例区样本路{1 + number % 260}号"
    if field.name in _PEOPLE[1:] or field.name.endswith(_PEOPLE[1:]):
        return _person(chance, chance.choice("12"))
    if field.name.endswith("name"):
        return f"孪生{chance.choice(_SIGNS)}{chance.choice(_SIGNS)}{number:04}"
    return f"样例{number:04}"


def _number(field: FieldDefinition, chance: Random) -> Json:
    lowest = field.min if field.min is not None else min(Decimal(0), field.max or Decimal(0))
    highest = field.max if field.max is not None else lowest + 1_000_000
    whole = int(lowest.to_integral_value("ROUND_CEILING"))
    span = int(highest.to_integral_value("ROUND_FLOOR")) - whole
    drawn = whole + chance.randrange(span + 1) if span >= 0 else whole
    if field.kind is FieldKind.INTEGER:
        return drawn
    return f"{drawn}.00" if field.kind is FieldKind.MONEY else str(drawn)


def _day(chance: Random) -> str:
    return (_LATER_DAY + timedelta(days=chance.randrange(_LATER_DAYS))).isoformat()


def _moment(chance: Random) -> str:
    first = datetime(2001, 1, 1, tzinfo=UTC)
    return (first + timedelta(minutes=chance.randrange(_LATER_DAYS * 24 * 60))).isoformat()


def _point(chance: Random) -> Json:
    """In the sea far south of the city (112.5 to 114.5 east, 16 to 17 north): no building stands there."""
    return {"lon": 112.5 + chance.randrange(2_000) / 1000, "lat": 16 + chance.randrange(1_000) / 1000}


def _square(chance: Random) -> list[Json]:
    west, south = 112.5 + chance.randrange(1_000) / 1000, 16 + chance.randrange(1_000) / 1000
    east, north = west + 0.001, south + 0.001
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _path(chance: Random) -> Json:
    return {"type": "MultiLineString", "coordinates": [_square(chance)[:3]]}


def _area(chance: Random) -> Json:
    return {"type": "MultiPolygon", "coordinates": [[_square(chance)]]}


_KINDS: dict[FieldKind, Callable[[Random], Json]] = {
    FieldKind.RESIDENT_ID: lambda chance: nth_key(FieldKind.RESIDENT_ID, chance.randrange(1_000_000)),
    FieldKind.CREDIT_CODE: lambda chance: make_credit_code(chance.choice(REGIONS), chance.randrange(10**6)),
    FieldKind.DIVISION: lambda chance: nth_key(FieldKind.DIVISION, chance.randrange(1_000_000)),
    FieldKind.INDUSTRY: lambda chance: chance.choice(_SECTIONS),
    FieldKind.SEX: lambda chance: chance.choice("12"),
    FieldKind.ETHNIC_GROUP: lambda chance: f"{chance.randrange(1, 57):02}",
    FieldKind.DATE: _day,
    FieldKind.MOMENT: _moment,
    FieldKind.YES_NO: lambda chance: chance.random() < 0.5,
    FieldKind.PHONE: lambda chance: f"{PHONE_RANGE}{chance.randrange(10**8):08}",
    FieldKind.JSON: lambda chance: {"sample": chance.randrange(10_000)},
    FieldKind.POINT: _point,
    FieldKind.PATH: _path,
    FieldKind.AREA: _area,
}
