"""The questions of the forms on which a register is drawn up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, Option
from yiwang.registers.definitions import NUMERIC, SHAPES, TEXTUAL, FieldKind
from yiwang.registers.rules.field_kinds import RULES

Data = Mapping[str, Json]
_ON_RETIRE = {
    "refuse": Text("不准注销", "It cannot end"),
    "flag": Text("可以注销，本项记为问题", "It ends, and this is flagged"),
    "follow": Text("本项随之注销", "This ends with it"),
}
FLAGS: dict[str, tuple[Text, Text, frozenset[FieldKind]]] = {
    "required": (Text("必填", "Required"), Text("", ""), frozenset()),
    "unique": (
        Text("唯一", "Unique"),
        Text("没有两项相同", "No two entries have the same"),
        frozenset({FieldKind.JSON, FieldKind.LONG_TEXT, FieldKind.YES_NO, *SHAPES}),
    ),
    "searchable": (
        Text("可查询", "Searchable"),
        Text("列表可按它查询", "Lists can be asked by it"),
        frozenset({FieldKind.JSON}),
    ),
    "encrypted": (
        Text("加密存储", "Encrypted"),
        Text("只用于个人信息", "For personal data only"),
        frozenset({FieldKind.REFERENCE, *SHAPES}),
    ),
}
_CODES_HINT = Text(
    "每行一个：代码 | 中文 | 英文，如 good | 良好 | Good",
    "One a line: code | Chinese | English, such as good | 良好 | Good",
)
_NAME_HINT = Text(
    "列名：小写字母、数字和下划线，如 planted_on", "The column: small letters, digits and underscores"
)
_OPEN = Text("公开级字段任何人可查", "Everybody may read its public fields")
_NONE = Option(value="", label=Text("（无）", "(none)"))


def kind_control(kind: str) -> Control:
    """Which kind the field is of; the rest of the form depends on it."""
    options = [Option(value=one.value, label=RULES[one].title) for one in FieldKind]
    return Control(kind="choice", name="kind", label=Text("字段类型", "Kind"), value=kind, options=options)


def field_controls(
    kind: FieldKind, answers: Mapping[str, object], registers: Sequence[tuple[str, Text]]
) -> list[Control]:
    """The questions of a field of a kind: only what the kind allows. ``registers`` may be referred to."""
    return [
        *pair("title", Text("名称", "Title"), answers),
        Control(
            kind="text", name="name", label=Text("字段名", "Name"), hint=_NAME_HINT,
            value=answers.get("name"), max_length=40,
        ),
        *_of_kind(kind, answers, registers),
        Control(
            kind="choice", name="secrecy", label=Text("密级", "Secrecy"),
            value=answers.get("secrecy") or Secrecy.INTERNAL.value,
            options=[Option(value=one.value, label=one.words) for one in Secrecy],
        ),
        Control(
            kind="choices", name="flags", label=Text("规则", "Rules"), value=answers.get("flags"),
            required=False,
            options=[Option(value=key, label=flag[0], hint=flag[1]) for key, flag in flags_of(kind)],
        ),
        *pair("hint", Text("填写说明", "Hint"), answers, required=False),
    ]  # fmt: skip


def flags_of(kind: FieldKind) -> list[tuple[str, tuple[Text, Text, frozenset[FieldKind]]]]:
    """What may be said of a field of a kind."""
    return [(key, flag) for key, flag in FLAGS.items() if kind not in flag[2]]


def _of_kind(
    kind: FieldKind, answers: Mapping[str, object], registers: Sequence[tuple[str, Text]]
) -> list[Control]:
    if kind is FieldKind.CODE:
        return [
            Control(
                kind="long_text", name="codes", label=Text("代码表", "Codes"), hint=_CODES_HINT,
                value=answers.get("codes"), rows=8,
            )
        ]  # fmt: skip
    if kind is FieldKind.REFERENCE:
        leads = [Option(value=code, label=title) for code, title in registers]
        ends = [Option(value=key, label=words) for key, words in _ON_RETIRE.items()]
        return [
            Control(
                kind="choice", name="register", label=Text("引用哪个登记簿", "Register that it refers to"),
                value=answers.get("register"), options=[_NONE, *leads],
            ),
            Control(
                kind="choice", name="on_retire",
                label=Text("被引用的登记项注销时", "When what it refers to ends"),
                value=answers.get("on_retire") or "refuse", options=ends,
            ),
        ]  # fmt: skip
    if kind in TEXTUAL:
        return [_number("max_length", Text("最多字数", "Most characters"), answers, kind="integer")]
    if kind in NUMERIC:
        bounds = (("min", Text("最小值", "Least")), ("max", Text("最大值", "Most")))
        return [_number(name, label, answers) for name, label in bounds]
    return []


def _number(name: str, label: Text, answers: Mapping[str, object], *, kind: str = "decimal") -> Control:
    return Control(kind=kind, name=name, label=label, value=answers.get(name), required=False, width=8)


def pair(name: str, label: Text, answers: Mapping[str, object], *, required: bool = True) -> list[Control]:
    """A text in both languages: two questions."""
    return [
        Control(
            kind="text",
            name=f"{name}_{language}",
            label=Text(f"{label.zh}（{zh}）", f"{label.en} ({en})"),
            value=answers.get(f"{name}_{language}"),
            required=required,
        )
        for language, zh, en in (("zh", "中文", "Chinese"), ("en", "英文", "English"))
    ]


def head_controls(content: Data, answers: Mapping[str, object]) -> list[Control]:
    """The questions of the register as a whole; that a field says whose data it is only the text can say."""
    fields = _named(content)
    every = [Option(value=name, label=f"{name}") for name, _ in fields]
    places = [Option(value=name, label=name) for name, kind in fields if kind == FieldKind.DIVISION]
    subject = content.get("subject")
    asks_subject = not (isinstance(subject, dict) and "kind_field" in subject)
    kinds = [
        Option(value="person", label=Text("个人", "A person")),
        Option(value="entity", label=Text("法人", "A legal entity")),
    ]
    return [
        *pair("title", Text("登记簿名称", "Title"), answers),
        *pair("summary", Text("登记内容", "What it holds"), answers),
        _choice("key", Text("主键字段（必填且唯一）", "Key (a required, unique field)"), answers, every),
        _choice("district", Text("所在区划字段", "Field of the district"), answers, places),
        *(
            [
                _choice("subject_kind", Text("登记项是谁的数据", "Whose data an entry is"), answers, kinds),
                _choice("subject_field", Text("其号码字段", "Field of that person's number"), answers, every),
            ]
            if asks_subject
            else []
        ),
        Control(
            kind="text", name="sources", label=Text("其他登记单位", "Other organisations that write entries"),
            hint=Text("机构代码，用空格分开", "Codes of organisations, with spaces between"),
            value=answers.get("sources"), required=False,
        ),
        Control(
            kind="choices", name="flags", label=Text("公开", "Open"), value=answers.get("flags"),
            required=False, options=[Option(value="open", label=_OPEN)],
        ),
    ]  # fmt: skip


def _named(content: Data) -> list[tuple[str, str]]:
    fields = content.get("fields")
    listed = [one for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []
    return [(str(one.get("name")), str(one.get("kind"))) for one in listed]


def _choice(name: str, label: Text, answers: Mapping[str, object], options: Sequence[Option]) -> Control:
    return Control(
        kind="choice", name=name, label=label, value=answers.get(name) or "", options=[_NONE, *options],
        required=False,
    )  # fmt: skip


def told(controls: Sequence[Control], problems: Sequence[FieldProblem]) -> list[Control]:
    """The questions with what is wrong; what belongs to no question stands at the first."""
    names = {control.name for control in controls}
    found = []
    for place, control in enumerate(controls):
        errors = tuple(
            one.text for one in problems if one.path == control.name or (place == 0 and one.path not in names)
        )
        found.append(replace(control, errors=errors))
    return found
