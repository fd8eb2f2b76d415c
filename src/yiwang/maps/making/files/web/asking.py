"""The questions about a file that becomes a layer, and its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import QueryDict

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.maps.making import api as making
from yiwang.maps.making.files import api
from yiwang.maps.making.files.contracts import FileView, SaidColumn, SaidFile
from yiwang.maps.making.web.asking import pair, pair_of
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.registers.api import FILE_SYSTEMS, KIND_RULES, FileColumn
from yiwang.registers.definitions import FieldKind

Answers = Mapping[str, object]
_ENCODINGS = {
    "": Text("自动识别", "Find out"),
    "utf-8": Text("UTF-8", "UTF-8"),
    "gb18030": Text("GB 18030", "GB 18030"),
    "utf-16": Text("UTF-16", "UTF-16"),
}
_SYSTEM_HINT = Text(
    "文件自己没有说明时须选择；从网络地图取得的坐标多为 GCJ-02 或 BD-09",
    "Needed where the file doesn't say it; coordinates from web maps are mostly GCJ-02 or BD-09",
)
_OF_FILES = Text("本单位文件", "Files of our own")


def file_controls(fault: Text | None) -> list[Control]:
    """The file, and how it is read."""
    return [
        Control(
            kind="file",
            name="file",
            label=Text("文件（不超过 200 MB）", "File (up to 200 MB)"),
            hint=Text(
                "Shapefile 压缩包、GeoPackage、GeoJSON、KML、DXF，或有经度、纬度两列或一列地址的 "
                "CSV、XLSX、Parquet",
                "Shapefile in a ZIP file, GeoPackage, GeoJSON, KML, DXF; "
                "or CSV, XLSX or Parquet with columns longitude and latitude, or with a column of addresses",
            ),
            errors=(fault,) if fault else (),
            accept=tuple(f".{kind}" for kind in api.KINDS),
        ),
        system_control(""),
        Control(
            kind="choice",
            name="encoding",
            label=Text("文件编码", "Encoding"),
            value="",
            required=False,
            options=[Option(value=key, label=words) for key, words in _ENCODINGS.items()],
        ),
    ]


def encoding_of(said: str) -> str:
    """A known encoding, or none: it is found out."""
    return said if said in _ENCODINGS else ""


def system_control(value: object) -> Control:
    """In which reference system the shapes are, where the file does not say it."""
    return Control(
        kind="choice",
        name="system",
        label=Text("坐标系", "Reference system"),
        hint=_SYSTEM_HINT,
        value=value,
        required=False,
        options=[Option(value=key, label=words) for key, words in FILE_SYSTEMS.items()],
    )


def layer_controls(actor: Actor, found: FileView, answers: Answers) -> list[Control]:
    """The layer's words, and what is done with features that are wrong."""
    groups = list(making.known_groups(actor))[:8]
    hint = Text(
        "沿用已有分组：" + "、".join(group.zh for group in groups),
        "Groups that there are: " + ", ".join(group.en for group in groups),
    )
    crossing = Control(
        kind="choice",
        name="crossing",
        label=Text("边界线自相交的图形", "Areas whose border crosses itself"),
        value=answers.get("crossing"),
        options=[
            Option(value="refuse", label=Text("算作有误的要素", "Count as wrong features")),
            Option(value="repair", label=Text("修补后导入，逐个注明", "Repair them, each with a note")),
        ],
    )
    return [
        *pair("title", Text("图层名称", "Title"), answers),
        *pair("summary", Text("一句话说明", "Summary"), answers),
        *pair("group", Text("分组", "Group"), answers, hint=hint if groups else ""),
        _placing_control(found, answers) if found.survey.addresses else system_control(answers.get("system")),
        *([crossing] if found.survey.shape is FieldKind.AREA else []),
        Control(
            kind="choice",
            name="on_bad_rows",
            label=Text("有要素不合要求时", "If a feature is wrong"),
            value=answers.get("on_bad_rows"),
            options=[
                Option(value="refuse_all", label=Text("整个文件不导入", "Take nothing in")),
                Option(value="take_good", label=Text("略过有误的要素", "Leave the wrong ones out")),
            ],
        ),
    ]


def _placing_control(found: FileView, answers: Answers) -> Control:
    """Which column's addresses give the places, of a table that has none."""
    places = {one.head: str(place) for place, one in enumerate(found.survey.columns)}
    return Control(
        kind="choice",
        name="placed_by",
        label=Text("哪一列是地址", "Which column holds the addresses"),
        hint=Text(
            "文件没有坐标，位置从标准地址登记簿查找；可信度不到90%的行算作有误，逐行列出",
            "The file has no coordinates: places come from the register of standard addresses; rows that are "
            "less than 90% sure count as wrong and are listed",
        ),
        value=answers.get("placed_by"),
        options=[Option(value=places[head], label=Text(head, head)) for head in found.survey.addresses],
    )


def _proposed_place(found: FileView) -> str:
    """The first column that is called an address; empty where none is."""
    likely = (
        str(place)
        for place, one in enumerate(found.survey.columns)
        if one.head in found.survey.addresses and one.kind is FieldKind.ADDRESS
    )
    return next(likely, "")


def _place_of(head: str, found: FileView) -> str:
    return next((str(place) for place, one in enumerate(found.survey.columns) if one.head == head), "")


def first_answers(found: FileView) -> dict[str, object]:
    """What was said before, or what is proposed at first."""
    said = found.said
    if said is None:
        name = found.name.rpartition(".")[0] or found.name
        is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in name)
        words = {"title_zh": name, "title_en": "" if is_chinese else name}
        group = {"group_zh": _OF_FILES.zh, "group_en": _OF_FILES.en}
        more = {
            "system": found.system,
            "crossing": "refuse",
            "on_bad_rows": "refuse_all",
            "placed_by": _proposed_place(found),
        }
        return {**words, "summary_zh": "", "summary_en": "", **group, **more}
    found_words: dict[str, object] = {}
    for key, text in (("title", said.title), ("summary", said.summary), ("group", said.group)):
        found_words |= {f"{key}_zh": text.zh, f"{key}_en": text.en}
    return found_words | {
        "system": said.system,
        "crossing": "repair" if said.repairing else "refuse",
        "on_bad_rows": said.on_bad_rows,
        "placed_by": _place_of(said.placed_by, found),
    }


def column_rows(
    found: FileView, sent: QueryDict | None, problems: Sequence[FieldProblem]
) -> list[dict[str, object]]:
    """The columns with what is proposed, was said before, or was just typed; each with its faults."""
    said = {one.head: one for one in found.said.columns} if found.said is not None else None
    wrong: dict[str, list[Text]] = {}
    for problem in problems:
        wrong.setdefault(problem.path.rpartition("-")[2], []).append(problem.text)
    rows = []
    for place, column in enumerate(found.survey.columns):
        if column.part != "field":
            continue
        before = said.get(column.head) if said is not None else None
        title = before.title if before is not None else proposed_title(column, place)
        kind = before.kind if before is not None else column.kind
        taken = before is not None or (said is None and bool(column.examples))
        personal = before.personal if before is not None else column.personal
        if sent is not None:
            taken = str(place) in sent.getlist("take")
            personal = str(place) in sent.getlist("person")
            title = Text(sent.get(f"column_zh-{place}", ""), sent.get(f"column_en-{place}", ""))
        rows.append(
            {
                "place": place,
                "column": column,
                "name": column.head or f"({place + 1})",
                "taken": taken,
                "personal": personal,
                "title": title,
                "kinds": [
                    {
                        "value": each.value,
                        "label": KIND_RULES[each].title,
                        "chosen": each.value
                        == (sent.get(f"kind-{place}") if sent is not None else kind.value),
                    }
                    for each in api.OFFERED
                ],
                "errors": wrong.get(str(place), ()),
            }
        )
    return rows


def proposed_title(column: FileColumn, place: int) -> Text:
    """A column's head in the language that it is in; the other says which column it is."""
    head = column.head[:200]
    if not head or any("\u4e00" <= sign <= "\u9fff" for sign in head):
        return Text(head or f"第{place + 1}列", f"Column {place + 1}")
    return Text(head, head)


def said_of(found: FileView, answers: Answers, sent: QueryDict) -> SaidFile:
    """What was typed, to be judged."""
    columns = []
    for place in sent.getlist("take"):
        head = _head_at(place, found)
        if head is None:
            continue
        kind = sent.get(f"kind-{place}", "")
        columns.append(
            SaidColumn(
                head=head,
                title=Text(
                    sent.get(f"column_zh-{place}", "").strip(), sent.get(f"column_en-{place}", "").strip()
                ),
                kind=FieldKind(kind) if kind in {each.value for each in FieldKind} else FieldKind.JSON,
                personal=place in sent.getlist("person"),
            )
        )
    return SaidFile(
        title=pair_of("title", answers),
        summary=pair_of("summary", answers),
        group=pair_of("group", answers),
        columns=tuple(columns),
        system=str(answers.get("system") or ""),
        repairing=answers.get("crossing") == "repair",
        on_bad_rows="take_good" if answers.get("on_bad_rows") == "take_good" else "refuse_all",
        placed_by=_head_at(str(answers.get("placed_by") or ""), found) or "",
    )


def _head_at(place: str, found: FileView) -> str | None:
    """The head of the column at a place that was sent; None where there is none."""
    if not (place.isascii() and place.isdecimal() and int(place[:4]) < len(found.survey.columns)):
        return None
    return found.survey.columns[int(place[:4])].head
