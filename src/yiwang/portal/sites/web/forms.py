"""The form of a page: its questions, and what was typed as content. Parts are numbered in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.http import QueryDict

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, sent_date, sent_day
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content, FileView, Flow
from yiwang.portal.sites.rules.bodies import KINDS, LIMITS, MOST_PARTS, Part, PartKind
from yiwang.portal.sites.web.detail_forms import typed_details

_FLOWS = {
    Flow.NONE: Text("只在本栏目", "Only here"),
    Flow.UP: Text("本栏目的内容也报送主站首页", "Its news also stands on the main site"),
    Flow.DOWN: Text("本栏目的内容也下发各网站首页", "Its news also stands on every other site"),
}
PART_TITLES: dict[PartKind, Text] = {
    "heading": Text("小标题", "Heading"),
    "paragraph": Text("文字", "Text"),
    "picture": Text("图片", "Picture"),
    "table": Text("表格", "Table"),
    "attachment": Text("附件", "Attachment"),
}
_HINTS = {
    "paragraph": Text(
        "空一行另起一段；行首加“- ”成为列表；**加粗**；[文字](网址)成为链接。",
        "An empty line parts paragraphs; “- ” begins a list; **bold**; [words](address) is a link.",
    ),
    "table": Text(
        "每行一行，单元格之间用 | 隔开；第一行是表头。",
        "A line a row, cells parted by |; the first row heads them.",
    ),
}


def head_controls(content: Content, kind: str, *, english: bool) -> list[Control]:
    """The questions that all pages are asked, but for their bodies."""
    title = content.title_en if english else content.title
    summary = content.summary_en if english else content.summary
    ends = "_en" if english else ""
    found = [
        Control(
            kind="text",
            name=f"title{ends}",
            label=Text("英文标题", "English title") if english else Text("标题", "Title"),
            value=title,
            max_length=255,
            required=not english,
        ),
        Control(
            kind="long_text",
            name=f"summary{ends}",
            label=Text("英文摘要", "English summary") if english else Text("摘要", "Summary"),
            value=summary,
            rows=2,
            max_length=1000 if english else 500,
            required=False,
        ),
    ]
    if english or kind in {"home", "channel"}:
        return found
    if kind == "column":
        options = [Option(value=key.value or "none", label=label) for key, label in _FLOWS.items()]
        label = Text("内容去向", "Where its news stands")
        return [
            *found,
            Control(kind="choice", name="flow", label=label, value=content.flow or "none", options=options),
        ]
    found.append(Control(kind="date", name="day", label=Text("日期", "Date"), value=content.day))
    return found


def part_controls(parts: Sequence[Part], files: Iterable[FileView], path: str) -> list[dict[str, object]]:
    """A block of questions for each part, with its number and the name of its kind."""
    known = tuple(files)
    return [
        {
            "at": at,
            "number": at + 1,
            "title": PART_TITLES[part.kind],
            "kind": part.kind,
            "first": at == 0,
            "last": at == len(parts) - 1,
            "controls": _controls(part, f"{path}.{at}", known),
        }
        for at, part in enumerate(parts)
    ]


def _controls(part: Part, name: str, files: tuple[FileView, ...]) -> list[Control]:
    label = PART_TITLES[part.kind]
    text = Control(
        kind="text" if part.kind == "heading" else "long_text",
        name=f"{name}.text",
        label=label,
        hint=_HINTS.get(part.kind, ""),
        value=part.text,
        rows=8 if part.kind == "paragraph" else 6,
    )
    if part.kind in {"heading", "paragraph"}:
        return [text]
    caption = Control(
        kind="text",
        name=f"{name}.caption",
        label=Text("说明", "Caption"),
        value=part.caption,
        max_length=LIMITS["caption"],
        required=False,
    )
    if part.kind == "table":
        return [caption, text]
    fitting = [one for one in files if one.is_picture == (part.kind == "picture")]
    options = [_option(one) for one in fitting]
    file = Control(
        kind="division", name=f"{name}.file", label=label, value=str(part.file or ""), options=options
    )
    if part.kind == "attachment":
        return [file, caption]
    alt = Control(
        kind="text",
        name=f"{name}.alt",
        label=Text("替代文字", "Alternative text"),
        hint=Text("读屏软件读给看不见图片的人。", "Read out to people who cannot see the picture."),
        value=part.alt,
        max_length=LIMITS["alt"],
    )
    return [file, alt, caption]


def _option(file: FileView) -> Option:
    return Option(value=str(file.id), label=f"{file.id} · {file.name}")


def typed_parts(data: QueryDict, path: str) -> tuple[Part, ...]:
    """The parts of a body as they were typed, in the order of the form."""
    found: list[Part] = []
    for at in range(MOST_PARTS + 1):
        given = data.get(f"{path}.{at}.kind", "")
        kind = next((one for one in KINDS if one == given), None)
        if kind is None:
            break
        name = f"{path}.{at}"
        file = data.get(f"{name}.file", "")
        found.append(
            Part(
                kind=kind,
                text=data.get(f"{name}.text", ""),
                file=int(file) if file.isascii() and file.isdigit() and len(file) < 10 else 0,
                alt=data.get(f"{name}.alt", ""),
                caption=data.get(f"{name}.caption", ""),
            )
        )
    return tuple(found)


def typed(before: Content, kind: str, data: QueryDict, *, english: bool) -> Content:
    """The content as the form sent it; what the form does not ask stays."""
    fields = api.PAGE_KINDS.get(kind).fields
    details = typed_details(fields, before.details, data, english=english)
    if english:
        return replace(
            before,
            details=details,
            title_en=data.get("title_en", "").strip(),
            summary_en=data.get("summary_en", "").strip(),
            body_en=typed_parts(data, "body_en"),
        )
    flow = data.get("flow", "")
    return replace(
        before,
        title=data.get("title", "").strip(),
        summary=data.get("summary", "").strip(),
        day=sent_day(data, "day"),
        flow=Flow(flow) if kind == "column" and flow in {Flow.UP, Flow.DOWN} else Flow.NONE,
        details=details,
        body=typed_parts(data, "body"),
    )


def is_day_wrong(data: QueryDict) -> bool:
    """Whether a date was typed that is none."""
    return any(sent_date(data, "day").values()) and sent_day(data, "day") is None


def told(controls: Sequence[Control], problems: Iterable[FieldProblem]) -> list[Control]:
    """Controls with the problems that are theirs."""
    by_name: dict[str, list[Text]] = {}
    for problem in problems:
        by_name.setdefault(problem.path, []).append(problem.text)
    return [replace(one, errors=tuple(by_name.get(one.name, ()))) for one in controls]
