"""What somebody may be typing: roads and estates by their beginnings, doors once a road is there."""

from __future__ import annotations

from typing import LiteralString

from yiwang.maps.addresses.contracts import Address, Suggested
from yiwang.maps.addresses.queries.names import gazetteer
from yiwang.maps.addresses.rules.cleaning import folded
from yiwang.maps.addresses.rules.gazetteer import Gazetteer
from yiwang.maps.addresses.rules.reading import read
from yiwang.platform import sql
from yiwang.platform.contracts import TimeLimitReached

MILLISECONDS = 300
_MOST, _SHORTEST, _LONGEST = 8, 2, 60
#: After whatever begins with some letters.
_LAST_SIGN = "\U0010ffff"
_NAMES: LiteralString = """
SELECT p.name, p.stands_for, p.district FROM (
  SELECT name_id FROM addresses_namebeginning
  WHERE letters ~>=~ %(letters)s AND letters ~<~ %(letters_end)s
  ORDER BY letters USING ~<~ LIMIT 2000
) b JOIN addresses_placename p ON p.id = b.name_id
WHERE %(district)s = '' OR p.district = %(district)s
GROUP BY p.id ORDER BY length(p.name) - length(%(letters)s) > 2, p.doors DESC, p.id LIMIT %(most)s
"""
#: Doors of a road from a number on: the plates before what is behind them, in the district that was typed.
_DOORS: LiteralString = """
SELECT code, "full", division FROM addresses_door
WHERE line = ANY(%(lines)s::varchar[]) AND number >= %(least)s AND number <= %(greatest)s
  AND (%(district)s = '' OR left(division, 6) = %(district)s) AND status <> 'ended'
ORDER BY number, length("full"), code LIMIT %(most)s
"""
_STANDS_FOR: LiteralString = """
SELECT DISTINCT stands_for FROM addresses_placename WHERE name = %(name)s AND kind = 'road'
"""


def suggest_addresses(typed: str, *, most: int = _MOST) -> tuple[Suggested, ...]:
    """Lines for what was typed so far: in characters, pinyin or first letters."""
    letters = folded(typed[:_LONGEST]).replace(" ", "")
    if len(letters) < _SHORTEST:
        return ()
    known = gazetteer()
    address = read(letters, known).address
    district = known.code_of(address.district, "district") if address.district else ""
    try:
        if address.plate:
            return _doors(address, district, most, known)
        return _names(address, letters, district, most, known)
    except TimeLimitReached:
        return ()


def _names(
    address: Address, letters: str, district: str, most: int, known: Gazetteer
) -> tuple[Suggested, ...]:
    rest = address.line or address.place or ("" if address.district or address.city else letters)
    if not rest:
        return ()
    rest = rest.lower() if rest.isascii() else rest
    params = {
        "letters": rest, "letters_end": rest + _LAST_SIGN, "district": district, "most": most,
    }  # fmt: skip
    [rows] = sql.fetch_within(MILLISECONDS, [(_NAMES, params)])
    return tuple(
        Suggested(
            text=f"{known.names.get(str(within), '')}{stands_for}",
            division=str(within),
            other=str(name) if name != stands_for else "",
        )
        for name, stands_for, within in rows
    )


def _doors(address: Address, district: str, most: int, known: Gazetteer) -> tuple[Suggested, ...]:
    """While 1 is typed it may become 12: numbers that begin so, as far as ten times the number."""
    line = address.line or address.community
    lines = [str(name) for (name,) in sql.fetch(_STANDS_FOR, {"name": line})]
    number = address.plate.number
    found: list[Suggested] = []
    for least, greatest in ((number, number), (number * 10, number * 10 + 9)):
        if len(found) < most:
            params = {
                "lines": lines, "least": least, "greatest": greatest, "district": district,
                "most": most - len(found),
            }  # fmt: skip
            [rows] = sql.fetch_within(MILLISECONDS, [(_DOORS, params)])
            found += [Suggested(text=str(full), code=str(code), division=str(at)) for code, full, at in rows]
    return tuple(found)
