"""An address in the order of the standard: divisions, road, plate, place, building, unit, floor, room."""

from __future__ import annotations

from yiwang.maps.addresses.contracts import Address, HouseNumber
from yiwang.maps.addresses.rules.numerals import in_words


def plate_text(plate: HouseNumber) -> str:
    """A door plate as it hangs beside the door.

    >>> plate_text(HouseNumber(number=12, sub=1)), plate_text(HouseNumber(number=12, last=16))
    ('12号之一', '12-16号')
    >>> plate_text(HouseNumber(number=8, compound=True)), plate_text(HouseNumber(number=8, annex=3))
    ('8号大院', '8号附3号')
    """
    if not plate:
        return ""
    found = "自编" if plate.provisional else ""
    found += f"{plate.number}-{plate.last}号" if plate.last else f"{plate.number}号"
    found += plate.mark
    found += f"之{in_words(plate.sub)}" if plate.sub else ""
    found += f"附{plate.annex}号" if plate.annex else ""
    return found + ("大院" if plate.compound else "")


def within_city(address: Address) -> str:
    """From the road on: what stands on a form below the divisions."""
    return "".join(
        (
            address.road, address.lane, plate_text(address.plate), address.place, address.building,
            address.unit, address.floor, address.room,
        )
    )  # fmt: skip


def printed(address: Address) -> str:
    """The whole address as the register keeps it; the province is not repeated within a city."""
    divisions = (address.province, address.city, address.district, address.street, address.community)
    return "".join(divisions) + within_city(address)
