"""Words of registers that cross their border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal

from yiwang.kernel.errors import Conflict, InvalidInput, NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

CountPolicy = Literal["exact", "bounded", "estimated", "none"]
AmendKind = Literal["change", "correction"]
#: The whole list, the own entries of a source, the public part of an open register, or nothing.
ListReach = Literal["all", "own", "public", "none"]
OnBadRows = Literal["refuse_all", "take_good"]


class ExportFormat(StrEnum):
    """What a file of entries is written as."""

    CSV = "csv"
    PARQUET = "parquet"
    GEOJSONSEQ = "geojsonseq"
    GPKG = "gpkg"
    GEOJSON = "geojson"
    FLATGEOBUF = "flatgeobuf"
    SHAPEFILE = "shapefile"
    #: For programs that read no UTF-8 in Shapefiles.
    SHAPEFILE_GB = "shp_gb"
    #: As CSV, and points as WKT like the other shapes.
    CSV_WKT = "csv_wkt"


class IntakeState(StrEnum):
    """The last stage of a load that is on the disk."""

    RECEIVING = "receiving"
    MAPPING = "mapping"
    WAITING = "waiting"
    CHECKING = "checking"
    WRITING = "writing"
    DONE = "done"
    REFUSED = "refused"


class ExportState(StrEnum):
    """Made later, made, made and its time over, or not to be made."""

    WAITING = "waiting"
    DONE = "done"
    DELETED = "deleted"
    REFUSED = "refused"


class Seen(StrEnum):
    """How a reader sees one field."""

    CLEAR = "clear"
    HINT = "hint"
    HIDDEN = "hidden"


class PairState(StrEnum):
    """What became of two entries that may be the same."""

    OPEN = "open"
    DISMISSED = "dismissed"
    MERGED = "merged"
    #: One of them ended, or they no longer agree.
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two entries that may be the same. ``agreement`` gives 0 to 1 for each compared field."""

    id: int
    register: str
    low: int
    high: int
    found_by: str
    score: Decimal
    agreement: Mapping[str, Decimal]
    state: PairState


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    """A merge: ``fields`` came from the entry that ended."""

    id: int
    pair: int
    register: str
    survivor: int
    retired: int
    fields: tuple[str, ...]
    links: int
    at: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectView:
    """A rule that too many entries of a source break; ``sample`` are numbers of entries."""

    id: int
    register: str
    register_title: Text
    rule: str
    rule_title: Text
    source: str
    checked: int
    failed: int
    sample: tuple[int, ...]
    found_at: datetime
    closed_at: datetime | None
    #: The case by which it was sent back; empty before that.
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """One source (empty: all) on one day. ``counts`` gives checked and failed by rule."""

    source: str
    day: date
    entries: int
    score: Decimal
    counts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a command left: the entry and the version it has now; version 0 when it is retired."""

    register: str
    entry: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """A point in both times: what was so on ``valid`` as the city knew it at ``known``."""

    valid: date
    known: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of entries as JSON text made by the database: a list of entry objects."""

    body: str
    size: int
    #: Entry to ask for after; None on the last page.
    after: int | None
    count: int | None
    count_policy: CountPolicy
    #: False when a bounded or estimated count is not the exact one.
    count_is_exact: bool
    #: Of the register's definition and of the right under which it was read: part of its ETag.
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedEntry:
    """One entry, as JSON text and as values, with what the reader sees of each field."""

    body: str
    entry: int
    version: int
    source: str
    valid_from: date
    known_from: datetime
    values: Mapping[str, Json]
    masked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version in the history of an entry; ``None`` ends are open."""

    version: int
    act: str
    source: str
    valid_from: date
    valid_to: date | None
    known_from: datetime
    known_to: datetime | None
    recorded_by: int | None
    #: The case number on which it was written; empty where an officer wrote by himself.
    basis: str
    #: When the next version or the end became known; None for the present version.
    superseded_at: datetime | None
    values: Mapping[str, Json]
    #: Fields that differ from the version before.
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGround:
    """What a request for a change of an entry stands on: the entry's version and the values asked about."""

    register: str
    entry: int
    version: int
    owner: str
    source: str
    #: Present values of the fields named, as JSON shows them.
    values: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One bad cell of a file: line as a text editor counts, the column, and why."""

    line: int
    field: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What a load did. ``loaded`` is 0 when the file was refused as a whole."""

    load: int
    rows: int
    loaded: int
    bad_rows: int
    #: The first problems and notes, in the order of the file; all of them are in the report file.
    problems: tuple[RowProblem, ...]
    #: How many of them are notes: shapes repaired, or in unlikely places.
    noted: int = 0
    #: Rows placed by their addresses: per cent of certainty, and rows; then what became (``Placing``) of all.
    placed: tuple[tuple[int, int], ...] = ()
    became: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportInfo:
    """An export as the officer who asked for it sees it; ``path`` while there is a file."""

    id: int
    register: str
    form: ExportFormat
    state: ExportState
    refusal: Text | None
    rows: int | None
    bytes: int | None
    asked_at: datetime
    kept_until: datetime | None
    path: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeInfo:
    """A file on its way, as the officer who sent it sees it."""

    id: int
    register: str
    name: str
    state: IntakeState
    size: int
    received: int
    head: tuple[str, ...]
    #: How much of the whole is done, 0 to 100, and rows of the present stage.
    percent: int
    rows: int
    #: Until the end, as it has gone so far; None while nobody can say.
    seconds_left: int | None
    report: LoadReport | None
    refusal: Text | None
    asked_at: datetime
    #: The reference system that was declared.
    system: str = ""
    #: The column from whose addresses places are taken; empty where they come as coordinates.
    placed_by: str = ""


@dataclass(eq=False)
class IntakeNotFound(NotFound):
    """There is no such file on its way, or it is somebody else's."""

    intake: int
    text: ClassVar[Text] = Text("没有导入任务 {intake}。", "There is no load {intake} under way.")


@dataclass(eq=False)
class FileNotTaken(InvalidInput):
    """Empty, too large, or of no kind that registers take."""

    text: ClassVar[Text] = Text(
        "请选择 CSV、XLSX、Parquet 或 GeoPackage 文件，不超过 20 GB。",
        "Choose a CSV, XLSX, Parquet or GeoPackage file of at most 20 GB.",
    )


@dataclass(eq=False)
class WrongOffset(Conflict):
    """A part of a file does not begin where the file ends."""

    offset: int
    text: ClassVar[Text] = Text("文件已收到 {offset} 字节，请从这里续传。", "Go on from byte {offset}.")


@dataclass(eq=False)
class ExportNotFound(NotFound):
    """There is no such export, or it is somebody else's."""

    export: int
    text: ClassVar[Text] = Text("没有导出 {export}。", "There is no export {export}.")


@dataclass(eq=False)
class ExportRefused(RuleViolation):
    """The register has no such field, or the resource is not of this register."""

    what: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能导出“{what}”。", "“{what}” cannot be exported.")


@dataclass(eq=False)
class RegisterNotFound(NotFound):
    """There is no such register, or it is closed."""

    register: str
    text: ClassVar[Text] = Text("没有登记簿“{register}”。", "There is no register “{register}”.")


@dataclass(eq=False)
class EntryNotFound(NotFound):
    """There is no such entry now, or it is not for this reader."""

    register: str
    text: ClassVar[Text] = Text(
        "登记簿“{register}”中找不到该登记项。", "The entry is not in the register “{register}”."
    )


@dataclass(eq=False)
class LoadNotFound(NotFound):
    """There is no such load, or it left no report."""

    load: int
    text: ClassVar[Text] = Text("没有导入 {load} 的报告。", "There is no report of load {load}.")


@dataclass(eq=False)
class EntryChanged(Conflict):
    """Somebody else wrote a version in between; nothing was changed."""

    entry: int
    text: ClassVar[Text] = Text(
        "该登记项刚刚被他人修改，请重新打开后再改。",
        "Somebody else has just changed this entry. Open it again before you change it.",
    )


@dataclass(eq=False)
class KeyTaken(Conflict):
    """Another officer entered the same key at the same moment; nothing was changed."""

    register: str
    text: ClassVar[Text] = Text(
        "登记簿“{register}”中刚刚登记了相同的登记项。", "The same key has just been entered in “{register}”."
    )


@dataclass(eq=False)
class EntryRefused(InvalidInput):
    """Values break the register's rules; each is listed with its field."""


@dataclass(eq=False)
class WrongEffectiveDay(RuleViolation):
    """A change takes effect no earlier than the present version began, and not in the future."""

    earliest: date
    latest: date
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "变更生效日期应在 {earliest} 至 {latest} 之间；更正错误请选择“更正”。",
        "A change takes effect between {earliest} and {latest}; choose “correction” to put an error right.",
    )


@dataclass(eq=False)
class KnownEarlier(RuleViolation):
    """The act's instant lies before the present version was known: time cannot run backwards."""

    entry: int
    text: ClassVar[Text] = Text(
        "办理时间早于该登记项现有版本的登记时间。",
        "The act is dated before the present version was recorded.",
    )


@dataclass(eq=False)
class SourceNotAllowed(RuleViolation):
    """The organisation named is neither the owner nor a source of the register."""

    register: str
    organisation: str
    status: ClassVar[int] = 403
    text: ClassVar[Text] = Text(
        "{organisation} 不是登记簿“{register}”的登记单位。",
        "{organisation} does not write to the register “{register}”.",
    )


@dataclass(eq=False)
class ExistingRowsBreakRule(RuleViolation):
    """Rows in the table break a tighter rule; the apply changed nothing."""

    register: str
    field: str
    text: ClassVar[Text] = Text(
        "登记簿 {register} 的现有数据不符合字段 {field} 的新规则，未作任何更改。",
        "Rows of {register} break the new rule of {field}; nothing was changed.",
    )


@dataclass(eq=False)
class PairNotFound(NotFound):
    """There is no such pair or merge in this register."""

    register: str
    text: ClassVar[Text] = Text("没有这组疑似重复。", "There is no such pair.")


@dataclass(eq=False)
class PairDecided(Conflict):
    """Somebody else decided about the pair first; nothing was changed."""

    register: str
    text: ClassVar[Text] = Text(
        "这组疑似重复刚刚已有处理结果，请刷新查看。",
        "Somebody else has just decided about this pair. Look at it again.",
    )


@dataclass(eq=False)
class KeyNotMerged(RuleViolation):
    """The key of the surviving entry stays, and fields that the officer doesn't see are not taken over."""

    field: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("字段“{field}”不能取自另一项。", "The field “{field}” cannot be taken over.")


@dataclass(eq=False)
class ChangedSinceMerge(Conflict):
    """Merged fields were written again since; say of each which value is to stand. Nothing was changed."""

    fields: tuple[str, ...]
    text: ClassVar[Text] = Text(
        "合并之后这些字段又有变动：{fields}。请逐项选择保留哪个值。",
        "These fields were written again after the merge: {fields}. Choose for each which value is to stand.",
    )


@dataclass(eq=False)
class StillReferred(Conflict):
    """Entries of a register refer to this one and don't let it end; nothing was changed."""

    register: str
    title: Text
    text: ClassVar[Text] = Text(
        "“{title}”中还有登记项引用它，不能注销。", "Entries of “{title}” still refer to it, so it cannot end."
    )


@dataclass(eq=False)
class FilterRefused(RuleViolation):
    """The field cannot be asked for in a list."""

    field: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能按“{field}”查询。", "Lists cannot be asked by “{field}”.")


@dataclass(eq=False)
class OperatorRefused(RuleViolation):
    """The field is asked for by an operator that it doesn't have."""

    field: str
    operator: str
    allowed: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "字段“{field}”不能用“{operator}”查询；可用：{allowed}。",
        "“{field}” cannot be asked for by “{operator}”; possible: {allowed}.",
    )
