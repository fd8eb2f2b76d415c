"""What a pack may write in ``situations/*.yaml``."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

_CODE = r"^[a-z][a-z0-9_]{1,40}$"
_NAME = r"^[a-z][a-z0-9_]{0,39}$"
Name = Annotated[str, Field(pattern=_NAME)]
Code = Annotated[str, Field(pattern=_CODE)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(_Strict):
    """One level that a table gives: its colour and what it means for people. Levels go from good to bad."""

    level: str = Field(pattern=r"^[A-Za-z0-9_]{1,20}$")
    title: Text
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$", description="Six hexadecimal digits after #")
    meaning: Text


class Follower(_Strict):
    """Entries of another register that stand as one of the stations does: a reach of a dyke as its gauge.

    ``at_least`` names a field that says no better than what: a patrol's finding is not undone by low water.
    """

    register_code: Code = Field(alias="register", description="Open register")
    by: Name = Field(description="Field that names the station")
    level: Name = Field(description="Code field that is written, empty where the station has no level")
    levels: dict[str, str] = Field(description="What is written for each level, from good to bad")
    at_least: Name | None = None


class Borne(_Strict):
    """Fields of the stations' register that the city writes as values come in, so that maps show them.

    Where no value is fresh, level and index are emptied; values and their moment stay as they were last.
    """

    level: Name = Field(description="Code field of the level")
    index: Name | None = None
    moment: Name | None = Field(None, description="Field of the moment of the newest value")
    quantities: dict[str, Name] = Field({}, description="Fields of the newest values, by quantity")
    followers: tuple[Follower, ...] = Field((), max_length=4)


class Board(_Strict):
    """Stations of one open register with the newest values of another, judged one by one.

    The table gets ``reading`` (``quantity``, ``value``) and ``station`` (its public fields) and gives
    ``level``, ``index``, ``limit``, ``over`` and ``times``. A station stands as its worst value does.
    """

    key: Name
    title: Text
    summary: Text
    stations: Code = Field(description="Open register with a point; its fields name and name_en are shown")
    values: Code = Field(description="Open register with a value and a moment")
    station: Name = Field(description="Field of the values that names the station")
    quantity: Name = Field(description="Code field of the values")
    value: Name = "value"
    unit: Name = "unit"
    moment: Name = "moment"
    decision: str = Field(pattern=_CODE)
    fresh_hours: int = Field(24, ge=1, le=24 * 366, description="Older values are shown and not judged")
    #: How the index is called, where the table gives one.
    index: Text | None = None
    #: Heads what lies above its limit, and the limit itself.
    over: Text | None = None
    limit: Text | None = None
    levels: tuple[Level, ...] = Field(min_length=1, max_length=12)
    #: One board of all situations may keep up the same stations.
    bears: Borne | None = None

    @property
    def followed(self) -> tuple[str, ...]:
        """Registers by which what the stations bear may become another; none where they bear nothing."""
        if self.bears is None:
            return ()
        return (self.stations, self.values, *(each.register_code for each in self.bears.followers))


class ListedRegister(_Strict):
    """Entries of a register below the boards, as the reader may list them."""

    key: Name
    title: Text
    register_code: Code = Field(alias="register")
    columns: tuple[Name, ...] = Field(min_length=1, max_length=8)
    only_field: Name | None = None
    only_values: tuple[str, ...] = ()
    nothing: Text


class Responses(_Strict):
    """Register of the levels that were opened and ended, by an approver of the body that keeps it.

    Its key is a text; ``state`` knows the codes ``open`` and ``closed``.
    """

    register_code: Code = Field(alias="register")
    prefix: str = Field(pattern=r"^[A-Z]{1,4}$", description="Begins the numbers of its entries")
    level: Name = "response"
    opened: Name = Field("opened_at", description="Field of the moment")
    closed: Name = Field("closed_at", description="Field of the moment")
    state: Name = "state"
    reason: Name = Field("basis", description="Field of why it was opened")
    ending: Name = Field("ending", description="Field of why it was ended")
    by: Name = Field("ordered_by", description="Field of who ordered it")


class Suggestion(_Strict):
    """A level of the whole, by a table that gets ``boards``, and the entries of the plan for it.

    ``boards.<key>`` holds ``most`` (the highest value by quantity) and ``at_least`` (how many stations stand
    at a level or a worse one, as ``at_least.l2``). Levels go from good to bad.
    """

    title: Text
    decision: str = Field(pattern=_CODE)
    basis: Text
    levels: tuple[Level, ...] = Field(min_length=2, max_length=8)
    plan: ListedRegister
    plan_level: Name
    responses: Responses | None = None


class SituationDefinition(_Strict):
    """A page that says how things stand now."""

    code: Code
    title: Text
    summary: Text
    #: Only for officers; of these organisations where any are named.
    officers: bool = False
    organisations: tuple[str, ...] = Field((), max_length=20)
    order: int = Field(100, ge=0, le=1000)
    layers: tuple[Code, ...] = Field((), max_length=8, description="Layers of the map that it leads to")
    outline: Code | None = Field(None, description="Open register with the areas behind the stations")
    boards: tuple[Board, ...] = Field(min_length=1, max_length=6)
    suggestion: Suggestion | None = None
    lists: tuple[ListedRegister, ...] = Field((), max_length=8)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.organisations and not self.officers:
            raise Unfit(
                Text("列出机构时officers须为true", "where organisations are named, officers has to be true")
            )
        keys = [*(each.key for each in self.boards), *(each.key for each in self.lists)]
        if len(keys) != len(set(keys)):
            raise Unfit(Text("key重复", "a key stands twice"))
        return self

    @property
    def decisions(self) -> tuple[str, ...]:
        """The decisions that it asks."""
        asked = [each.decision for each in self.boards]
        return (*asked, *([self.suggestion.decision] if self.suggestion else []))

    @property
    def listed(self) -> tuple[ListedRegister, ...]:
        """All lists, with that of the plan."""
        return (*self.lists, *([self.suggestion.plan] if self.suggestion else []))
