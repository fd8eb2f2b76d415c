"""What a city writes about itself: ``city.yaml`` and the rows of its tables. Strict."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from yiwang.identity.contracts import DivisionLevel, OrganisationKind
from yiwang.kernel.text import Text

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_STRICT = ConfigDict(frozen=True, extra="forbid")
#: Kinds that come from the table of divisions, not from the table of organisations.
TERRITORIAL = frozenset({OrganisationKind.DISTRICT, OrganisationKind.STREET, OrganisationKind.COMMUNITY})
#: Digits of a division code by level: GB/T 2260 for cities and districts, statistical codes below.
CODE_DIGITS = {
    DivisionLevel.CITY: 6,
    DivisionLevel.DISTRICT: 6,
    DivisionLevel.STREET: 9,
    DivisionLevel.COMMUNITY: 12,
}


def _english(value: str) -> str:
    if _CHINESE.search(value):
        raise ValueError("the English name contains Chinese characters")
    return value


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("no such time zone; write e.g. Asia/Shanghai")
    return value


OrganisationCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
PackName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")]
English = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_english)]


class CityDefinition(BaseModel):
    """The city as a whole."""

    model_config = _STRICT

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
    name: Text
    division: Annotated[str, Field(pattern=r"^[1-9][0-9]{5}$")]
    timezone: Annotated[str, AfterValidator(_known_zone)]
    calendar: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
    hotline: Annotated[str, Field(pattern=r"^[0-9-]{3,20}$")] = "12345"
    demonstration: bool = False
    officers_need_second_factor: bool = True
    packs: tuple[PackName, ...] = ()

    @field_validator("packs")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({name for name in value if value.count(name) > 1})
        if twice:
            raise ValueError(f"switched on twice: {', '.join(twice)}")
        return value


class OrganisationRow(BaseModel):
    """One line of ``organisations.csv``; aliases are separated by semicolons."""

    model_config = _STRICT

    code: OrganisationCode
    name_zh: Annotated[str, Field(min_length=1, max_length=160)]
    name_en: English
    short_zh: Annotated[str, Field(min_length=1, max_length=80)]
    kind: OrganisationKind
    parent: str
    aliases: str
    origin: Literal["plan", "added"]
    note: str

    @field_validator("kind")
    @classmethod
    def _not_territorial(cls, value: OrganisationKind) -> OrganisationKind:
        if value in TERRITORIAL:
            raise ValueError("districts, streets and communities come from divisions.csv")
        return value


class DivisionRow(BaseModel):
    """One line of ``divisions.csv``."""

    model_config = _STRICT

    code: Annotated[str, Field(pattern=r"^[1-9][0-9]{5}([0-9]{3}([0-9]{3})?)?$")]
    name_zh: Annotated[str, Field(min_length=1, max_length=120)]
    name_en: English
    level: DivisionLevel
    parent: str
