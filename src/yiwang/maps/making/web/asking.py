"""The questions of the forms on which layers are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.maps.definitions import Drawing
from yiwang.maps.making import api
from yiwang.maps.making.contracts import LayerDraftView
from yiwang.maps.making.rules.palettes import RAMPS
from yiwang.maps.rules.fitting import CHOOSING
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option, raw_answer
from yiwang.registers.api import Mapped
from yiwang.registers.definitions import NUMERIC, FieldKind

Answers = Mapping[str, object]
OWN = "own"
_NONE = Option(value="", label=Text("（无）", "(none)"))
_AUDIENCES = (
    Option(value="readers", label=Text("能查登记簿的所有人", "Everybody who may list the register")),
    Option(value="officers", label=Text("仅工作人员", "Officers only")),
    Option(value=OWN, label=Text("仅本单位", "Our organisation only")),
    Option(value="organisations", label=Text("下列单位", "The organisations named below")),
)
_FLAGS = (
    Option(value="near", label=Text("列入“家附近规划了什么”", "Listed in “what is planned near home”")),
    Option(value="underground", label=Text("在地面以下", "Lies below the street")),
)
_DRAWINGS: Mapping[str, Text] = {
    "plain": Text("同一颜色", "All alike"),
    "categories": Text("按代码分色", "A colour for each code"),
    "classes": Text("按数值分级", "Classes of a number"),
    "heat": Text("热力", "Heat"),
    "clusters": Text("聚合成圈，标出个数", "Circles with numbers"),
    "extrusion": Text("立体拉伸", "Raised by a number"),
}
METHODS: Mapping[str, Text] = {
    "natural": Text("自然间断", "Natural breaks"),
    "quantile": Text("各级个数相等", "Equal numbers"),
    "equal": Text("等间距", "Equal intervals"),
}


def begin_controls(actor: Actor, answers: Answers) -> list[Control]:
    """The register that is drawn, the layer's name and where it stands."""
    registers = [Option(value=one.code, label=one.title) for one in api.drawable_registers(actor)]
    return [
        _choice("register", Text("画哪个登记簿", "Register"), answers.get("register"), registers),
        *pair("title", Text("图层名称", "Title"), answers),
        *pair("summary", Text("一句话说明", "Summary"), answers),
        *group_controls(actor, answers),
        code_control(answers),
    ]


def group_controls(actor: Actor, answers: Answers) -> list[Control]:
    """Where a new layer stands in the list of layers."""
    groups = list(api.known_groups(actor))[:8]
    hint = Text(
        "沿用已有分组：" + "、".join(group.zh for group in groups),
        "Groups that there are: " + ", ".join(group.en for group in groups),
    )
    return pair("group", Text("分组", "Group"), answers, hint=hint if groups else "")


def code_control(answers: Answers) -> Control:
    """What a new layer is called in addresses."""
    return Control(
        kind="text",
        name="code",
        label=Text("编码", "Code"),
        hint=Text(
            "地址中用它，发布后不变；留空则自动取名",
            "It stands in addresses for ever; empty gives one by itself",
        ),
        value=answers.get("code"),
        max_length=41,
        required=False,
    )


def edit_controls(view: LayerDraftView, drawn: Mapped, answers: Answers | None) -> list[Control]:
    """The questions of a draft, with what it says now or what was typed."""
    said = _present(view) if answers is None else answers
    kinds = {each.name: each.kind for each in drawn.definition.fields if each.name in drawn.clear}
    named = [
        Option(value=each.name, label=each.title)
        for each in drawn.definition.fields
        if each.name in drawn.columns
    ]
    by = [
        one
        for one in named
        if kinds.get(one.value) in {*NUMERIC, FieldKind.CODE, FieldKind.YES_NO}
    ]  # fmt: skip
    flag = Option(value="shown", label=Text("打开地图即显示", "Shown when the map opens"))
    return [
        *pair("title", Text("图层名称", "Title"), said),
        *pair("summary", Text("一句话说明", "Summary"), said),
        *pair("group", Text("分组", "Group"), said),
        _choice("audience", Text("谁能看", "Who sees it"), said.get("audience"), _audiences(view)),
        Control(
            kind="text", name="organisations", label=Text("单位", "Organisations"), required=False,
            hint=Text("机构代码，用空格分开", "Codes of organisations, with spaces between"),
            value=said.get("organisations"),
        ),
        _choice("draw", Text("样式", "Style"), said.get("draw"), [_kept(), *_drawings(drawn.shape.kind)]),
        _choice("by", Text("按哪个字段", "By which field"), said.get("by"), [_NONE, *by], required=False),
        Control(kind="text", name="colour", label=Text("颜色", "Colour"), value=said.get("colour"),
                hint=Text("#加六位十六进制数", "# and six hexadecimal digits"), width=8),
        Control(kind="text", name="line_colour", label=Text("边线颜色", "Colour of borders"), width=8,
                value=said.get("line_colour"), required=False),
        _amount("width", Text("线宽或点半径（像素）", "Width of lines, radius of points (pixels)"), said),
        _amount("opacity", Text("不透明度（0至1）", "Opacity (0 to 1)"), said),
        _amount("metres", Text("拉伸时每单位几米", "Metres of a unit, where raised"), said),
        _choice("ramp", Text("分级色带", "Colours of classes"), said.get("ramp"),
                [Option(value=key, label=one.title) for key, one in RAMPS.items()]),
        _choice("method", Text("分级方法", "Breaks"), said.get("method"), _options(METHODS)),
        _zoom("classes", Text("级数", "Number of classes"), said),
        _choice("label", Text("标注字段", "Labels"), said.get("label"), [_NONE, *named], required=False),
        _choice("label_en", Text("英文标注字段", "Labels for English readers"), said.get("label_en"),
                [_NONE, *named], required=False),
        _amount("label_size", Text("字号（像素）", "Size of labels (pixels)"), said),
        _zoom("label_zoom", Text("从第几级起标注", "Labels from zoom"), said),
        _choice("only_by", Text("只画哪些：字段", "Only some entries: field"), said.get("only_by"),
                [_NONE, *_choosing(drawn)], required=False),
        Control(kind="text", name="only_values", label=Text("只画哪些：值", "Only some entries: values"),
                hint=Text("代码或文字，用空格分开", "Codes or texts, with spaces between"), required=False,
                value=said.get("only_values")),
        _zoom("from_zoom", Text("从第几级起显示", "Drawn from zoom"), said),
        _zoom("to_zoom", Text("到第几级为止显示", "Drawn up to zoom"), said),
        Control(kind="integer", name="order", label=Text("叠放次序（小的在下）", "Order (small ones below)"),
                value=said.get("order"), required=False, width=4),
        _choice("rule", Text("缩小时", "From afar"), said.get("rule"), _rules(drawn.shape.kind)),
        _zoom("rule_zoom", Text("取舍到第几级为止", "From afar: up to zoom"), said),
        Control(kind="choices", name="flags", label=Text("开始时", "At first"), value=said.get("flags"),
                required=False, options=[flag, *flags_of(view)]),
    ]  # fmt: skip


def _audiences(view: LayerDraftView) -> Sequence[Option]:
    """Cases are for officers who find them in lists, whoever else is named."""
    return _AUDIENCES[1:] if view.layer.cases else _AUDIENCES


def flags_of(view: LayerDraftView) -> Sequence[Option]:
    """What else may be said of a layer; nobody at home looks for cases, and none lies below the street."""
    return () if view.layer.cases else _FLAGS


def _choosing(drawn: Mapped) -> list[Option]:
    """Fields by which entries may be chosen, as fitting has it."""
    return [
        Option(value=field.name, label=field.title)
        for field in drawn.definition.fields
        if field.name in drawn.clear
        and field.name in drawn.columns
        and field.kind in CHOOSING
        and field.searchable
        and not field.encrypted
    ]


def field_rows(view: LayerDraftView, drawn: Mapped, sent: QueryDict | None) -> list[dict[str, object]]:
    """The fields of the register that its maker sees, with what the layer shows of them."""
    now = {field.name: field for field in view.layer.fields}
    rows: list[dict[str, object]] = []
    for field in drawn.definition.fields:
        if field.name not in drawn.columns:
            continue
        shown = now.get(field.name)
        zoom = str(shown.from_zoom) if shown is not None and shown.from_zoom else ""
        own = shown is not None and bool(shown.organisations)
        rows.append(
            {
                "name": field.name,
                "title": field.title,
                "is_masked": field.name not in drawn.clear,
                "is_shown": shown is not None if sent is None else field.name in sent.getlist("show"),
                "zoom": zoom if sent is None else sent.get(f"zoom-{field.name}", ""),
                "is_own": own if sent is None else sent.get(f"who-{field.name}") == OWN,
            }
        )
    return rows


def pair(name: str, label: Text, answers: Answers, *, hint: Text | str = "") -> list[Control]:
    """A text in both languages: two questions."""
    return [
        Control(
            kind="text",
            name=f"{name}_{language}",
            label=Text(f"{label.zh}（{zh}）", f"{label.en} ({en})"),
            hint=hint if language == "zh" else "",
            value=answers.get(f"{name}_{language}"),
        )
        for language, zh, en in (("zh", "中文", "Chinese"), ("en", "英文", "English"))
    ]


def pair_of(name: str, answers: Answers) -> Text:
    """A pair of answers as a text."""
    return Text(str(answers.get(f"{name}_zh") or ""), str(answers.get(f"{name}_en") or ""))


def typed(controls: Sequence[Control], data: QueryDict) -> dict[str, object]:
    """What was typed, to be judged and shown again."""
    return {control.name: raw_answer(control.kind, control.name, data) for control in controls}


_OF_STYLE = {
    **{name: name for name in ("width", "opacity", "line_colour", "metres")},
    "radius": "width",
    "weight": "by",
    "colour": "colour",
    "colours": "by",
    "breaks": "by",
    "values": "by",
    "field": "by",
}


def told(controls: Sequence[Control], problems: Sequence[FieldProblem]) -> list[Control]:
    """The questions with what is wrong; what belongs to no question stands at the first."""
    names = [control.name for control in controls]
    found: dict[str, list[Text]] = {}
    for problem in problems:
        parts = problem.path.split(".")
        wanted = {
            "style": _OF_STYLE.get(parts[-1], "draw"),
            "labels": "label",
            "generalise": "rule",
            "only": "only_by",
        }
        name = wanted.get(parts[0], parts[0])
        name = f"{name}_zh" if f"{name}_zh" in names else name
        found.setdefault(name if name in names else names[0], []).append(problem.text)
    return [replace(control, errors=tuple(found.get(control.name, ()))) for control in controls]


def _present(view: LayerDraftView) -> dict[str, object]:
    layer = view.layer
    said: dict[str, object] = {}
    for name, words in (("title", layer.title), ("summary", layer.summary), ("group", layer.group)):
        said |= {f"{name}_zh": words.zh, f"{name}_en": words.en}
    codes = layer.audience.organisations
    rule = layer.generalise[0] if layer.generalise else None
    return said | {
        "audience": OWN if codes == (view.owner,) else layer.audience.kind,
        "organisations": "" if codes == (view.owner,) else " ".join(codes),
        "draw": "keep",
        "by": getattr(layer.style, "field", ""),
        "colour": getattr(layer.style, "colour", "#1d70b8"),
        "ramp": "blues",
        "method": "natural",
        "classes": "5",
        "label": layer.labels.field if layer.labels else "",
        "label_en": (layer.labels.field_en or "") if layer.labels else "",
        "label_size": f"{layer.labels.size:g}" if layer.labels else "",
        "label_zoom": str(layer.labels.from_zoom) if layer.labels else "14",
        "to_zoom": str(layer.to_zoom),
        "order": str(layer.order),
        "only_by": layer.only[0].field if layer.only else "",
        "only_values": " ".join(layer.only[0].values) if layer.only else "",
        "line_colour": getattr(layer.style, "line_colour", None) or "",
        **_amounts(layer.style),
        "from_zoom": str(layer.from_zoom),
        "rule": "keep",
        "rule_zoom": str(rule.to_zoom) if rule else "13",
        "flags": [name for name in ("shown", "near", "underground") if getattr(layer, name)],
    }


def _amounts(style: Drawing) -> dict[str, object]:
    """Numbers of a style as they are typed; the radius of warmth is its width."""
    found = {
        "width": getattr(style, "radius", None) or getattr(style, "width", None),
        "opacity": getattr(style, "opacity", None),
        "metres": getattr(style, "metres", None),
    }
    return {name: "" if said is None else f"{said:g}" for name, said in found.items()}


def _drawings(kind: FieldKind) -> list[Option]:
    points, areas = {"heat", "clusters"}, {"extrusion"}
    left_out = (set() if kind is FieldKind.POINT else points) | (set() if kind is FieldKind.AREA else areas)
    return [one for one in _options(_DRAWINGS) if one.value not in left_out]


_SIMPLIFY = Option(value="simplify", label=Text("简化边线，一个不少", "Simpler borders, nothing left out"))


def _rules(kind: FieldKind) -> list[Option]:
    words = Text("小的先不画", "Leave out what is small")
    if kind is FieldKind.POINT:
        words = Text("相近的点合为一个并计数", "Bring near points together and count")
    return [
        _kept(),
        Option(value="reduce", label=words),
        *([] if kind is FieldKind.POINT else [_SIMPLIFY]),
        Option(value="sample", label=Text("抽样：十个画一个", "A sample: one in ten")),
        Option(value="none", label=Text("全部都画", "Draw everything")),
    ]


def _kept() -> Option:
    return Option(value="keep", label=Text("保持现有", "Keep what it is"))


def _options(words: Mapping[str, Text]) -> list[Option]:
    return [Option(value=key, label=label) for key, label in words.items()]


def _choice(
    name: str, label: Text, value: object, options: Sequence[Option], *, required: bool = True
) -> Control:
    return Control(
        kind="choice", name=name, label=label, value=value or "", options=options, required=required
    )


def _amount(name: str, label: Text, said: Answers) -> Control:
    return Control(kind="decimal", name=name, label=label, value=said.get(name), required=False, width=4)


def _zoom(name: str, label: Text, said: Answers) -> Control:
    return Control(kind="integer", name=name, label=label, value=said.get(name), required=False, width=4)
