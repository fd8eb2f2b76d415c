"""What a pack may write in ``layers/*.yaml``."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

CODE = r"^[a-z][a-z0-9_]{1,40}$"
_NAME = r"^[a-z][a-z0-9_]{0,39}$"
#: The largest zoom of a tile; MapLibre enlarges what lies beyond.
MOST_ZOOM = 22
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$", description="Six hexadecimal digits after #")]
OrganisationCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
ItemCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")]
Zoom = Annotated[int, Field(ge=0, le=MOST_ZOOM)]
Share = Annotated[float, Field(ge=0, le=1)]
Pixels = Annotated[float, Field(gt=0, le=64)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Zoomed(_Strict):
    """Zooms for which something holds, both included."""

    from_zoom: Zoom = 0
    to_zoom: Zoom = MOST_ZOOM

    @model_validator(mode="after")
    def _goes_up(self) -> Self:
        if self.from_zoom > self.to_zoom:
            raise Unfit(Text("from_zoom大于to_zoom", "from_zoom is greater than to_zoom"))
        return self

    def holds_at(self, zoom: int) -> bool:
        """Whether it holds at a zoom."""
        return self.from_zoom <= zoom <= self.to_zoom


class ShownField(_Zoomed):
    """A field of the register that tiles bear; at some zooms, for some organisations if so declared."""

    name: str = Field(pattern=_NAME)
    #: Only their officers see it, as far as the register shows it to them; others' maps have no such field.
    organisations: tuple[OrganisationCode, ...] = Field((), max_length=60)


class Only(_Strict):
    """Entries whose field has one of these values (of a division also what lies in it).

    Whoever does not see the field in clear has no such layer: that an entry is drawn would tell its value.
    """

    field: str = Field(pattern=_NAME)
    values: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(
        min_length=1, max_length=40
    )


#: The field that a measure adds to the areas.
FIGURE = "figure"
#: The colour of areas that have none.
NO_FIGURE = "#b1b4b6"


class Measure(_Strict):
    """A number for each area, from another register: entries counted, or a number of theirs summed up.

    Codes of divisions join both: what lies in a street lies in its district. Only those see the layer who may
    list that register and see the fields in clear, and the number is of the entries that they may list.
    """

    title: Text
    register_code: str = Field(alias="register", pattern=CODE)
    #: The field of divisions of that register.
    by: str = Field(pattern=_NAME)
    #: The field with the code of the area's division, of the register that is drawn.
    areas: str = Field(pattern=_NAME)
    #: The number that is summed up; entries are counted without it.
    sum: str | None = Field(None, pattern=_NAME)
    #: An area with fewer entries than that has no number; at least 3 where they hold personal data.
    least: int = Field(1, ge=1, le=100)


class Audience(_Strict):
    """Who sees a layer among those who may read its register; it never gives more than the register does."""

    kind: Literal["readers", "officers", "organisations"] = "readers"
    organisations: tuple[OrganisationCode, ...] = Field((), max_length=60)

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        if (self.kind == "organisations") != bool(self.organisations):
            raise Unfit(
                Text(
                    "kind为organisations时（且仅此时）须列出机构",
                    "organisations are named where kind is organisations, and only there",
                )
            )
        return self


class DropSmallest(_Zoomed):
    """Areas and lines smaller than so many pixels across are left out, and the tile counts them."""

    rule: Literal["drop_smallest"]
    pixels: Pixels


class Simplify(_Zoomed):
    """Borders are drawn within so many pixels of where they are; no feature goes."""

    rule: Literal["simplify"]
    pixels: Pixels


class Cluster(_Zoomed):
    """Points of one cell of so many pixels become one, with ``_count``; the tile says so."""

    rule: Literal["cluster"]
    pixels: Annotated[float, Field(ge=8, le=256)]


class Sample(_Zoomed):
    """One feature in so many is drawn, the same ones in every tile; the tile counts all."""

    rule: Literal["sample"]
    one_in: int = Field(ge=2, le=10_000)


Generalisation = Annotated[DropSmallest | Simplify | Cluster | Sample, Field(discriminator="rule")]


class Plain(_Strict):
    """Every feature is drawn alike."""

    draw: Literal["plain"]
    colour: Colour
    line_colour: Colour | None = None
    #: Pixels: of lines their width, of points their radius.
    width: Pixels = 1.5
    opacity: Share = 0.8


class Category(_Strict):
    """The colour of one value; its words are those of the register's code list where none stand here."""

    value: str = Field(max_length=60)
    colour: Colour
    title: Text | None = None


class Categories(_Strict):
    """A colour for each value of a field."""

    draw: Literal["categories"]
    field: str = Field(pattern=_NAME)
    values: tuple[Category, ...] = Field(min_length=1, max_length=80)
    other: Colour = "#b1b4b6"
    line_colour: Colour | None = None
    width: Pixels = 1.5
    opacity: Share = 0.8


class Classes(_Strict):
    """A colour for each class of a number: one more than there are breaks, from low to high."""

    draw: Literal["classes"]
    field: str = Field(pattern=_NAME)
    breaks: tuple[float, ...] = Field(min_length=1, max_length=9)
    colours: tuple[Colour, ...] = Field(min_length=2, max_length=10)
    line_colour: Colour | None = None
    width: Pixels = 1.5
    opacity: Share = 0.8

    @model_validator(mode="after")
    def _one_more_colour(self) -> Self:
        if len(self.colours) != len(self.breaks) + 1:
            raise Unfit(Text("colours应比breaks多一个", "there is one colour more than there are breaks"))
        if any(low >= high for low, high in zip(self.breaks, self.breaks[1:], strict=False)):
            raise Unfit(Text("breaks应从小到大", "breaks go up"))
        return self


class Heat(_Strict):
    """Points as warmth, by their number or by a field."""

    draw: Literal["heat"]
    weight: str | None = Field(None, pattern=_NAME)
    radius: Pixels = 20
    opacity: Share = 0.8


class Clusters(_Strict):
    """Circles with the number of points that a rule ``cluster`` brought together; single points beside."""

    draw: Literal["clusters"]
    colour: Colour
    width: Pixels = 5
    opacity: Share = 0.9


class Extrusion(_Strict):
    """Areas raised by a field: metres, or storeys of so many metres."""

    draw: Literal["extrusion"]
    field: str = Field(pattern=_NAME)
    metres: float = Field(1, gt=0, le=100)
    colour: Colour
    opacity: Share = 0.8


Drawing = Annotated[Plain | Categories | Classes | Heat | Clusters | Extrusion, Field(discriminator="draw")]


class Labels(_Zoomed):
    """Words on the map, of one field; of another one for who reads English, where the register has one."""

    field: str = Field(pattern=_NAME)
    field_en: str | None = Field(None, pattern=_NAME)
    size: Annotated[float, Field(ge=9, le=32)] = 13
    colour: Colour = "#0b0c0c"
    halo: Colour = "#ffffff"


class LayerDefinition(_Zoomed):
    """A layer: what of a register, or which cases, are drawn, for whom, how, and how much of it from afar."""

    code: str = Field(pattern=CODE)
    title: Text
    summary: Text
    group: Text
    #: Empty where cases are drawn.
    register_code: str = Field("", alias="register", pattern=CODE)
    #: Items whose cases are drawn, for officers who find them in lists, at the point of their address.
    cases: tuple[ItemCode, ...] = Field((), max_length=20)
    #: The field that is drawn; the first with a shape where none is named.
    shape: str | None = Field(None, pattern=_NAME)
    audience: Audience = Audience()
    fields: tuple[ShownField, ...] = Field((), max_length=40)
    #: Only these entries of the register.
    only: tuple[Only, ...] = Field((), max_length=4)
    #: A number of another register for each area, as the field ``figure``.
    measure: Measure | None = None
    #: Whether the map begins with it.
    shown: bool = False
    #: Whether the page "what is planned near me" lists what of it is near.
    near: bool = False
    #: Whether it lies below the street: the page in 3-D shows it under ground that lets light through.
    underground: bool = False
    #: Layers of a small number lie below others.
    order: int = Field(100, ge=0, le=1000)
    style: Drawing
    labels: Labels | None = None
    generalise: tuple[Generalisation, ...] = Field((), max_length=12)

    @model_validator(mode="after")
    def _is_of_one_source(self) -> Self:
        if bool(self.register_code) == bool(self.cases):
            raise Unfit(
                Text("register和cases应写一个，且只写一个", "a layer names either a register or cases")
            )
        if self.cases and (self.shape is not None or self.measure is not None):
            raise Unfit(
                Text(
                    "办件只按其地址点绘制：不写shape和measure",
                    "cases are drawn at the point of their address: shape and measure are not named",
                )
            )
        return self

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)):
            raise Unfit(Text("fields中有重复字段", "a field is shown twice"))
        missing = sorted(self.styled_by() - set(names))
        if missing:
            raise Unfit(
                Text(
                    f"style或labels用到的字段不在fields中：{', '.join(missing)}",
                    f"style or labels use a field that is not among fields: {', '.join(missing)}",
                )
            )
        kept = {field.name for field in self.fields if field.organisations}
        if any(each.field in kept for each in self.only):
            raise Unfit(
                Text(
                    "only用到的字段不能只给部分机构看",
                    "only names a field that is kept for organisations: what is drawn would tell its value",
                )
            )
        for zoom in range(MOST_ZOOM + 1):
            at = [rule for rule in self.generalise if rule.holds_at(zoom)]
            if len([rule for rule in at if rule.rule != "simplify"]) > 1 or len(at) > 2:
                raise Unfit(
                    Text(
                        f"generalise：第{zoom}级有两条取舍规则",
                        f"generalise: two rules choose what is drawn at zoom {zoom}",
                    )
                )
        return self

    def styled_by(self) -> frozenset[str]:
        """Fields by which it is drawn."""
        style = self.style
        found = [self.labels.field, self.labels.field_en or self.labels.field] if self.labels else []
        if isinstance(style, Categories | Classes | Extrusion):
            found.append(style.field)
        if isinstance(style, Heat) and style.weight:
            found.append(style.weight)
        return frozenset(found)

    def rules_at(self, zoom: int) -> tuple[Generalisation, ...]:
        """How it is generalised at a zoom."""
        return tuple(rule for rule in self.generalise if rule.holds_at(zoom))
