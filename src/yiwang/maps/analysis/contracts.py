"""What crosses the border of analysis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal

from yiwang.kernel.errors import NotFound, YiwangError
from yiwang.kernel.text import Text

Place = tuple[float, float]
#: ``hit``: in the ground, not deeper; ``near``: beside it; ``below``: deeper; ``unknown``: no depth recorded.
Verdict = Literal["hit", "unknown", "near", "below"]
#: What a check may have had more of than it lists.
Part = Literal["pipes", "openings", "owners"]
#: ``live``: coming or open; ``late``: its last day is over and nobody said that the road is restored;
#: ``rested``: restored within the years in which the road should not be dug up again.
Standing = Literal["live", "late", "rested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is to be dug: corners in degrees (CGCS2000), of an area or of a line of some width in metres."""

    corners: tuple[Place, ...]
    width: float | None
    depth: Decimal

    @property
    def wkt(self) -> str:
        """The drawn shape as well-known text; a line is not yet as wide as it will be."""
        words = ", ".join(f"{east:.7f} {north:.7f}" for east, north in self.corners)
        first = f"{self.corners[0][0]:.7f} {self.corners[0][1]:.7f}"
        return f"LINESTRING({words})" if self.width is not None else f"POLYGON(({words}, {first}))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A check that an officer asks for."""

    ground: Ground
    begins: date
    ends: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PipeFound:
    """A piece of pipe in or beside the ground."""

    code: str
    kind: str
    owner: str
    material: str
    diameter: int | None
    depth_from: float | None
    depth_to: float | None
    year: int | None
    sharing: str
    #: Metres to the ground, and metres of pipe in it.
    distance: float
    inside: float
    verdict: Verdict
    #: The register where it is kept.
    register: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An owner of pipes as the register tells it."""

    code: str
    name: Text
    kind: str
    sharing: Literal["full", "partial", "none"]
    contact: Text
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An opening of a road near by; a live one ``overlaps`` in time."""

    code: str
    builder: str
    purpose: str
    begins: date
    ends: date
    distance: float
    overlaps: bool
    # Checks that were kept before these were read have none of them.
    road: str = ""
    place: str = ""
    standing: Standing = "live"
    #: The organisation that told of it, and what it gave as contact.
    office: str = ""
    contact: str = ""


@dataclass(eq=False)
class GroundRefused(YiwangError):
    """What is to be dug can't be checked as it was given."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能核查：{reason}", "This can't be checked: {reason_en}")
    reason: str
    reason_en: str


@dataclass(eq=False)
class CheckNotFound(NotFound):
    """There is no such check, or it is not for this reader."""

    text: ClassVar[Text] = Text("没有这次核查。", "There is no such check.")


@dataclass(eq=False)
class NoPipesKnown(NotFound):
    """The city keeps no pipes, or they are not for this reader."""

    text: ClassVar[Text] = Text(
        "您所在单位不能查阅地下管线登记簿，或本市没有该登记簿。",
        "Your organisation may not read the register of underground pipes, or the city has none.",
    )


Method = Literal[
    "near",
    "nearest",
    "buffer",
    "walk",
    "intersection",
    "difference",
    "counts",
    "total",
    "cells",
    "hot_spots",
    "section",
    "along",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyAsked:
    """A study of a layer: beside another one, by some metres, within a drawn area (well-known text)."""

    method: Method
    layer: str
    other: str = ""
    #: A distance, or the side of a cell.
    metres: float | None = None
    area: str = ""
    #: A number field of the layer that is summed up beside the count.
    measured: str = ""
    #: Of a profile: what the pipes are cut by, or from where to where they are followed (well-known text).
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """A line of a result: what it is about, beside what, its figures by their key, its shape as GeoJSON.

    A figure that nobody knows is left out.
    """

    name: str
    other: str
    figures: dict[str, float]
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PipePiece:
    """A pipe in a profile; all in metres but the diameter, which is in millimetres.

    ``begin`` and ``end`` are distances along the profile, the same where a pipe is crossed; ``top_begin`` and
    ``top_end`` how deep its top lies there, None where nobody recorded it.
    """

    name: str
    kind: Text
    colour: str
    diameter: int | None
    begin: float
    end: float
    top_begin: float | None
    top_end: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Pipes below the street, in the order of the rows; ``ground`` is empty where its height isn't known."""

    length: float
    pieces: tuple[PipePiece, ...]
    #: Metres along the profile, metres above the sea.
    ground: tuple[tuple[float, float], ...]
    #: Who measured the ground.
    source: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A result. ``figures`` are the keys that its rows have, in order."""

    asked: StudyAsked
    title: Text
    figures: tuple[str, ...]
    rows: tuple[StudyRow, ...]
    #: What the field is called whose sums are among the figures.
    measured: Text | None = None
    #: Whether there are more rows than are given.
    is_cut: bool = False
    profile: Profile | None = None


@dataclass(eq=False)
class StudyRefused(YiwangError):
    """A study can't be made as it was asked for."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能分析：{reason}", "This can't be analysed: {reason_en}")
    reason: str
    reason_en: str
    #: The question that it is about.
    field: str = "layer"


@dataclass(eq=False)
class StudyIsLong(StudyRefused):
    """It would take too long to wait for; it can be made in the background."""


class LongState(StrEnum):
    """``outdated``: made under rights or layers that are others now; ``deleted`` when its time is over."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    OUTDATED = "outdated"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LongView:
    """A study in the background as its asker sees it; ``study`` is there when it is done."""

    id: int
    title: Text
    asked: StudyAsked
    state: LongState
    percent: int
    refusal: Text | None
    study: Study | None
    asked_at: datetime
    ended_at: datetime | None
    kept_until: datetime


@dataclass(eq=False)
class LongStudyNotFound(NotFound):
    """There is no such study, or it is somebody else's."""

    text: ClassVar[Text] = Text("没有这次分析。", "There is no such study.")


@dataclass(eq=False)
class TooManyStudies(YiwangError):
    """An officer has as many studies in the background as he may have at once."""

    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "您已有{most}次分析在后台，请等其中一次结束或取消。",
        "You have {most} studies in the background; wait for one to end, or stop one.",
    )
    most: int


@dataclass(eq=False)
class ResultNotKept(YiwangError):
    """A result can't be kept as entries of the register of results."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能保存：{reason}", "This can't be kept: {reason_en}")
    reason: str
    reason_en: str
