"""What the API of registers takes and gives; entries themselves come as JSON from the database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, JsonValue

from yiwang.platform.http.schemas import TextOut
from yiwang.registers.definitions import NAME, RegisterDefinition
from yiwang.registers.rules.operators import operators_of

MOST = 2**63 - 1


def _in_utc(at: datetime) -> datetime:
    """The same instant in UTC; the database takes no offset of a day, and no year beyond the calendar's."""
    try:
        return at.astimezone(UTC)
    except OverflowError as problem:
        raise ValueError("beyond the calendar") from problem


class FieldOut(Schema):
    """A field of a register."""

    name: str
    kind: str
    title: TextOut
    secrecy: str
    required: bool
    unique: bool
    searchable: bool
    #: By which lists are asked, the first when none is named.
    operators: list[str]
    codes: dict[str, TextOut]


class RegisterOut(Schema):
    """A register: whose it is and what it holds."""

    code: str
    title: TextOut
    summary: TextOut
    owner: str
    open: bool
    key: str
    fields: list[FieldOut]


class EntryOut(Schema):
    """An entry as this reader sees it; a masked field is null or shortened."""

    entry: int
    version: int
    source: str
    valid_from: date
    known_from: datetime
    values: dict[str, JsonValue]
    masked: list[str]


class PageOut(Schema):
    """A page of entries in the order of their numbers."""

    entries: list[EntryOut]
    size: int
    #: Ask for the next page with this; null on the last.
    after: int | None
    count: int | None
    count_policy: Literal["exact", "bounded", "estimated", "none"]
    count_is_exact: bool


class VersionOut(Schema):
    """One version of an entry."""

    version: int
    act: str
    source: str
    valid_from: date
    valid_to: date | None
    known_from: datetime
    known_to: datetime | None
    #: Number of the case on which it was written, or empty.
    basis: str
    values: dict[str, JsonValue]
    changed: list[str]


class PageIn(Schema):
    """How a page is asked for; every other parameter of the address is a filter on a searchable field."""

    after: int = Field(0, ge=0, le=MOST, description="Number of the last entry of the page before")
    limit: int = Field(100, ge=1, le=1000)
    count: Literal["exact", "bounded", "estimated", "none"] = "none"
    district: str = Field("", pattern=r"^([1-9][0-9]{5})?$", description="County of GB/T 2260")
    valid: date | None = Field(None, description="What was so on this day")
    known: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = Field(
        None, description="As the city knew it at this instant"
    )


class ConditionIn(Schema):
    """A field by one of its operators."""

    field: str = Field(pattern=NAME)
    operator: Literal["eq", "prefix", "from", "to"]
    value: str = Field(max_length=200)


class SearchIn(PageIn):
    """A page by values that belong in no address."""

    equal: dict[str, Annotated[str, Field(max_length=200)]] = Field(default_factory=dict, max_length=20)
    where: list[ConditionIn] = Field(default_factory=list, max_length=20)


class LookUpIn(Schema):
    """A look by key; the key of a person never stands in an address."""

    key: str = Field(min_length=1, max_length=200)


def register_out(definition: RegisterDefinition) -> RegisterOut:
    """A definition as the API shows it."""
    return RegisterOut(
        code=definition.code,
        title=TextOut.of(definition.title),
        summary=TextOut.of(definition.summary),
        owner=definition.owner,
        open=definition.open,
        key=definition.key,
        fields=[
            FieldOut(
                name=field.name,
                kind=field.kind.value,
                title=TextOut.of(field.title),
                secrecy=field.secrecy.value,
                required=field.required,
                unique=field.unique,
                searchable=field.searchable or field.unique,
                operators=list(operators_of(field)),
                codes={value.code: TextOut.of(value.title) for value in field.codes},
            )
            for field in definition.fields
        ],
    )
