"""What a city writes about itself: ``city.yaml`` and the rows of its tables. Strict."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from yiwang.identity.contracts import DivisionLevel, OrganisationKind
from yiwang.kernel.codes import check_credit_code, check_resident_id
from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Made-up people are adults of today or younger than the file; a definition knows no clock.
_LAST_BIRTHDAY = date(2100, 1, 1)
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
        raise Unfit(Text("英文名称中有汉字", "the English name contains Chinese characters"))
    return value


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise Unfit(Text("没有这个时区；例如Asia/Shanghai", "no such time zone; write e.g. Asia/Shanghai"))
    return value


def _resident_id(value: str) -> str:
    if check_resident_id(value, on=_LAST_BIRTHDAY) is not None:
        raise Unfit(
            Text(
                "不是有效的公民身份号码（GB 11643）", "not a well-formed resident identity number (GB 11643)"
            )
        )
    return value


def _credit_code(value: str) -> str:
    if check_credit_code(value) is not None:
        raise Unfit(
            Text(
                "不是有效的统一社会信用代码（GB 32100）",
                "not a well-formed unified social credit code (GB 32100)",
            )
        )
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
    #: Whether the city puts questions to a vote of verified persons.
    voting: bool = False
    demonstration: bool = False
    officers_need_second_factor: bool = True
    packs: tuple[PackName, ...] = ()
    #: Host names at which one site of the group stands alone: host -> code of the site.
    site_hosts: dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{2,252}$")], str] = {}

    @field_validator("packs")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({name for name in value if value.count(name) > 1})
        if twice:
            raise Unfit(Text(f"重复启用：{', '.join(twice)}", f"switched on twice: {', '.join(twice)}"))
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
            raise Unfit(
                Text(
                    "区、街道和社区由divisions.csv给出",
                    "districts, streets and communities come from divisions.csv",
                )
            )
        return value


class DivisionRow(BaseModel):
    """One line of ``divisions.csv``."""

    model_config = _STRICT

    code: Annotated[str, Field(pattern=r"^[1-9][0-9]{5}([0-9]{3}([0-9]{3})?)?$")]
    name_zh: Annotated[str, Field(min_length=1, max_length=120)]
    name_en: English
    level: DivisionLevel
    parent: str


Username = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{2,39}$")]
PersonName = Annotated[str, Field(min_length=2, max_length=40)]


class DemonstrationOfficer(BaseModel):
    """An officer of the demonstration city; ``listed`` ones are printed at start."""

    model_config = _STRICT

    username: Username
    name: PersonName
    organisation: OrganisationCode
    title: Text
    roles: tuple[str, ...]
    listed: bool = False


class DemonstrationCitizen(BaseModel):
    """A made-up person with a well-formed number that no register office gives."""

    model_config = _STRICT

    username: Username
    name: PersonName
    resident_id: Annotated[str, AfterValidator(_resident_id)]
    phone: Annotated[str, Field(pattern=r"^1[3-9][0-9]{9}$")]
    listed: bool = False


class DemonstrationFirm(BaseModel):
    """A made-up firm, its legal representative and agents among the citizens."""

    model_config = _STRICT

    credit_code: Annotated[str, AfterValidator(_credit_code)]
    name: Annotated[str, Field(min_length=2, max_length=200)]
    representative: Username
    agents: tuple[Username, ...] = ()
    address: Annotated[str, Field(max_length=300)]
    industry: Annotated[str, Field(pattern=r"^[A-T][0-9]{2,4}$")]
    division: Annotated[str, Field(pattern=r"^[1-9][0-9]{5}$")]
    listed: bool = False


class DemonstrationDefinition(BaseModel):
    """``demonstration.yaml``: sign-ins of a demonstration city."""

    model_config = _STRICT

    password: Annotated[str, Field(min_length=10, max_length=60)]
    officers: tuple[DemonstrationOfficer, ...]
    citizens: tuple[DemonstrationCitizen, ...]
    firms: tuple[DemonstrationFirm, ...] = ()

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        names = [officer.username for officer in self.officers]
        names += [citizen.username for citizen in self.citizens]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise Unfit(
                Text(f"用户名重复：{', '.join(twice)}", f"user names stand twice: {', '.join(twice)}")
            )
        citizens = {entry.username for entry in self.citizens}
        strangers = {name for firm in self.firms for name in (firm.representative, *firm.agents)} - citizens
        if strangers:
            raise Unfit(
                Text(
                    f"企业写了不在此列的人员：{', '.join(sorted(strangers))}",
                    f"firms name people who are not citizens here: {', '.join(sorted(strangers))}",
                )
            )
        return self
