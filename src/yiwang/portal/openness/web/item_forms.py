"""The questions that officers answer of an item, and what their answers say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.http import HttpRequest
from django.utils import timezone

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, raw_answer, sent_date, sent_day
from yiwang.platform.web.sheets import unfit
from yiwang.portal.openness.contracts import ItemContent
from yiwang.portal.openness.rules.blocks import MOST_TEXT, blocks_of, written
from yiwang.portal.openness.rules.categories import CATEGORIES, article_of
from yiwang.portal.openness.rules.life import ACT_TEXTS
from yiwang.portal.openness.rules.links import KIND_TEXTS, NEED_TEXTS, ItemKind
from yiwang.portal.openness.writing import MOST
from yiwang.portal.rules.subjects import THEMES

Key = TypeVar("Key", bound=str)
_NO_DAY = Text("请填写日期", "Enter a day")
_WRITTEN = Text(
    "“# ”开头是标题，“- ”开头是列项，“|”分隔表格", "“# ” begins a heading, “- ” a point, “|” parts cells"
)
_FOR_POLICIES = Text("政策文件填写", "For policy files")
_NO_END = Text("不填为长期有效", "Empty for no end")
_FOR_PROLONGING = Text("仅用于延长有效期", "For a prolongation only")
_NEW = ItemContent(kind=ItemKind.POLICY, category="", title=Text("", ""), made_on=date(2000, 1, 1))


def item_controls(content: ItemContent | None) -> tuple[Control, ...]:
    """The questions, with what was answered before."""
    said = content or _NEW
    made_on = content.made_on if content else timezone.localdate()
    return (
        _choice("kind", Text("种类", "Kind"), KIND_TEXTS, said.kind),
        Control(
            kind="choice",
            name="category",
            label=Text("公开类别", "Category"),
            options=[
                Option(value=each.key, label=each.title, group=article_of(each))
                for each in CATEGORIES.values()
            ],
            value=said.category,
        ),
        _choice("theme", Text("主题", "Theme"), THEMES, said.theme, required=False),
        _line("title_zh", Text("标题（中文）", "Title in Chinese"), said.title.zh, required=True),
        _line("title_en", Text("标题（英文）", "Title in English"), said.title.en),
        _line("document_number", Text("文号", "Document number"), said.document_number),
        _day("made_on", Text("成文（变更）日期", "Made or changed on"), made_on),
        _day("from_day", Text("施行日期", "In force from"), said.from_day, _FOR_POLICIES),
        _day("until", Text("有效期至", "Valid until"), said.until, _NO_END),
        _lines("summary_zh", Text("摘要（中文）", "Summary in Chinese"), said.summary.zh, rows=3),
        _lines("summary_en", Text("摘要（英文）", "Summary in English"), said.summary.en, rows=3),
        _lines("body", Text("正文", "Text"), written(said.body), rows=16),
        _lines("body_en", Text("正文（英文）", "Text in English"), written(said.body_en), rows=6),
        Control(
            kind="choices",
            name="not_needed",
            label=Text("不需要关联", "Does without"),
            hint=Text("勾选后，关联检查不再提示", "What is ticked is not missed in the report"),
            options=[Option(value=key, label=text) for key, text in NEED_TEXTS.items()],
            value=list(said.not_needed),
            required=False,
        ),
        _line("page", Text("网站页面地址", "Address on the site"), said.page),
    )


def item_problems(request: HttpRequest, controls: tuple[Control, ...]) -> tuple[FieldProblem, ...]:
    """What is missing, too long, or no day."""
    plain = [control for control in controls if control.kind != "date"]
    answers = {control.name: raw_answer(control.kind, control.name, request.POST) for control in plain}
    return (*unfit(plain, answers), *day_problems(request, controls))


def day_problems(request: HttpRequest, controls: tuple[Control, ...]) -> tuple[FieldProblem, ...]:
    """Days that are none; a day that may be left out may be empty."""
    return tuple(
        FieldProblem(control.name, _NO_DAY)
        for control in controls
        if control.kind == "date"
        and sent_day(request.POST, control.name) is None
        and (control.required or any(sent_date(request.POST, control.name).values()))
    )


def content_sent(request: HttpRequest) -> ItemContent:
    """What was sent; ``item_problems`` has judged it."""
    sent = request.POST
    made_on = sent_day(sent, "made_on")
    assert made_on is not None  # noqa: S101 - judged before
    return ItemContent(
        kind=ItemKind(sent["kind"]),
        category=sent["category"],
        title=Text(sent["title_zh"], sent.get("title_en", "")),
        made_on=made_on,
        theme=sent.get("theme", ""),
        document_number=sent.get("document_number", ""),
        summary=Text(sent.get("summary_zh", ""), sent.get("summary_en", "")),
        body=blocks_of(sent.get("body", "")),
        body_en=blocks_of(sent.get("body_en", "")),
        from_day=sent_day(sent, "from_day"),
        until=sent_day(sent, "until"),
        not_needed=tuple(sent.getlist("not_needed")),
        page=sent.get("page", ""),
    )


def act_controls() -> tuple[Control, ...]:
    """What is done to a policy file, by which, and when."""
    return (
        _choice("act", Text("变更", "What happens"), ACT_TEXTS, None),
        _line("by", Text("依据文件的索引号", "Index number of the acting file"), ""),
        _line(
            "by_title", Text("或者文件名称（目录以外的）", "Or its name, if it is not in the catalogue"), ""
        ),
        _day("on", Text("变更日期", "From which day"), None),
        _day("act_until", Text("延长至", "Prolonged until"), None, _FOR_PROLONGING),
    )


def _choice(
    name: str, label: Text, options: Mapping[Key, Text], value: str | None, *, required: bool = True
) -> Control:
    offered = [Option(value=str(key), label=text) for key, text in options.items()]
    return Control(
        kind="choice", name=name, label=label, options=offered, value=value, required=required, compact=True
    )


def _line(name: str, label: Text, value: str, *, required: bool = False) -> Control:
    most = MOST[name.removesuffix("_zh").removesuffix("_en")]
    return Control(
        kind="text", name=name, label=label, value=value, max_length=most, width=40, required=required
    )


def _lines(name: str, label: Text, value: str, *, rows: int) -> Control:
    is_body = name.startswith("body")
    return Control(
        kind="long_text",
        name=name,
        label=label,
        value=value,
        rows=rows,
        max_length=MOST_TEXT if is_body else MOST["summary"],
        hint=_WRITTEN if is_body else "",
        required=False,
    )


def _day(name: str, label: Text, value: date | None, hint: Text | str = "") -> Control:
    required = name in {"made_on", "on"}
    return Control(kind="date", name=name, label=label, value=value, hint=hint, required=required)
