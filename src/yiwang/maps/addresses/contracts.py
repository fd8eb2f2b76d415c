"""What crosses the border of addresses: the parts of an address, and what a search for one gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text

#: The registers of which the index is made.
ADDRESSES, NAMES = "addresses", "address_names"
#: Longest text that is read as an address; what a label on a parcel holds.
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseNumber:
    """A door plate: 12号, 12-16号, 12号甲, 12号之一, 12号附3号, 12号大院, 自编12号; ``number`` 0 is none."""

    number: int = 0
    #: The last number of a range; 0 where it is one number.
    last: int = 0
    #: 甲, 乙… or a letter behind the number.
    mark: str = ""
    #: 之n.
    sub: int = 0
    #: 附n号.
    annex: int = 0
    #: A compound (大院) with buildings of its own.
    compound: bool = False
    #: Given by the owner (自编) until the police give one.
    provisional: bool = False

    def __bool__(self) -> bool:
        return self.number > 0

    @property
    def tail(self) -> str:
        """What tells plates of one number apart, as it is kept in the index: ``甲/1/3``; empty for none."""
        parts = (self.mark, str(self.sub or ""), str(self.annex or ""))
        return "/".join(parts).rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of an address in the order of GB/T 23705: divisions, road or village, plate, then inside."""

    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    community: str = ""
    road: str = ""
    #: A lane off the road, or what else stands between road and plate.
    lane: str = ""
    plate: HouseNumber = field(default_factory=HouseNumber)
    #: Name of the estate, building or place at the plate.
    place: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""

    @property
    def line(self) -> str:
        """Road and lane as one name."""
        return self.road + self.lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text read as an address."""

    address: Address
    #: What stood there and belongs to no part: notes, names, telephones are not kept.
    rest: str = ""
    #: Divisions that were named twice or after the road.
    repeated: bool = False


class PartState(StrEnum):
    """How a part of what was asked agrees with the address that was found."""

    MATCHED = "matched"
    CORRECTED = "corrected"
    SUPPLIED = "supplied"
    MISSING = "missing"


class Part(StrEnum):
    """The parts of which a reason speaks."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    ROAD = "road"
    NUMBER = "number"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One part: whether it agreed, and in words why."""

    part: Part
    state: PartState
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A standard address for a text."""

    code: str
    full: str
    division: str
    level: str
    longitude: float | None
    latitude: float | None
    #: The chance that the plate is right, as measured on made-up dirty addresses.
    confidence: float
    reasons: tuple[Reason, ...] = ()
    status: str = "used"
    #: Reverse search: metres from the point that was asked about.
    metres: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A line under a field in which an address is typed; a road has no code."""

    text: str
    code: str = ""
    division: str = ""
    #: The old or other name that was typed.
    other: str = ""


@dataclass(eq=False)
class PointOutside(InvalidInput):
    """A longitude or latitude that is none."""

    text: ClassVar[Text] = Text("坐标不是有效的经纬度", "These are no longitude and latitude")
