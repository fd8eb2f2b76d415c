"""Fields and values as pages show and ask them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.http import QueryDict

from yiwang.exchange.contracts import Secrecy
from yiwang.identity.api import division_names
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web import wording
from yiwang.platform.web.controls import Control, Option, raw_answer, typed_date
from yiwang.registers.address_choices import suggesting
from yiwang.registers.contracts import VersionLine
from yiwang.registers.definitions import SHAPES, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.rules.standard_codes import codes_of

TONES = {
    Secrecy.PUBLIC: "success",
    Secrecy.INTERNAL: "neutral",
    Secrecy.PERSONAL: "warning",
    Secrecy.SENSITIVE: "danger",
}
#: What stands for a value that this reader does not see: at all, or before opening the entry.
NEVER = Text("（无权查看）", "(not for you to see)")
WHEN_OPENED = Text("（打开后可见）", "(shown when opened)")
_NOTHING = Text("—", "—")
_YES_NO = {True: Text("是", "Yes"), False: Text("否", "No")}
_CONTROLS = {
    FieldKind.RESIDENT_ID: "id_number",
    FieldKind.CREDIT_CODE: "credit_code",
    FieldKind.INDUSTRY: "industry",
    FieldKind.LONG_TEXT: "long_text",
    FieldKind.INTEGER: "integer",
    FieldKind.DECIMAL: "decimal",
    FieldKind.MONEY: "money",
    FieldKind.DATE: "date",
    FieldKind.YES_NO: "yes_no",
    FieldKind.PHONE: "phone",
    FieldKind.JSON: "long_text",
    FieldKind.PATH: "long_text",
    FieldKind.AREA: "long_text",
    FieldKind.ADDRESS: "address",
}
_HINTS = {
    FieldKind.DIVISION: Text(
        "6、9 或 12 位行政区划代码，如 440103001", "A division code of 6, 9 or 12 digits"
    ),
    FieldKind.MOMENT: Text("如 2026-09-30T14:30", "Such as 2026-09-30T14:30"),
    FieldKind.POINT: Text(
        "经度 纬度，如 113.2644 23.1291", "Longitude and latitude, such as 113.2644 23.1291"
    ),
}
_SHOWN_OF_SHAPE = 200
#: Columns of a list: the key and the next few that are short.
_COLUMNS = 5
_TOO_LONG = frozenset({FieldKind.LONG_TEXT, FieldKind.JSON, *SHAPES})


def shown_value(field: FieldDefinition, value: Json, *, masked: Text | None = None) -> object:
    """A value in words; ``masked`` stands for one that the reader doesn't see."""
    if value is None:
        return masked or _NOTHING
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, dict):
        return _shown_shape(field, value) if field.kind in SHAPES else str(value)
    if isinstance(value, str):
        return _shown_text(field, value)
    return value


def _shown_shape(field: FieldDefinition, value: dict[str, Json]) -> str:
    """A point by its coordinates; of a line or area as GeoJSON enough to recognise it."""
    if field.kind is FieldKind.POINT:
        return f"{value.get('lon')} {value.get('lat')}"
    text = json.dumps(value.get("coordinates"))
    return text if len(text) <= _SHOWN_OF_SHAPE else f"{text[:_SHOWN_OF_SHAPE]}…"


def _shown_text(field: FieldDefinition, value: str) -> object:
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(value)
    if field.kind is FieldKind.MOMENT:
        return datetime.fromisoformat(value)
    if field.kind is FieldKind.MONEY:
        return wording.money(value)
    if field.kind is FieldKind.DIVISION and value in division_names():
        name = division_names()[value]
        return Text(f"{name.zh}（{value}）", f"{name.en} ({value})")
    return codes_of(field).get(value, value)


def columns_of(definition: RegisterDefinition) -> list[FieldDefinition]:
    """The fields that a list shows: those of which it shows something, a pair of languages as one."""
    listed = [definition.key_field]
    for field in definition.fields:
        if field.name.endswith("_en") and definition.find(f"{field.name[:-3]}_zh"):
            continue
        secret = field.secrecy.level >= Secrecy.PERSONAL.level
        hinted = field.secrecy is Secrecy.PERSONAL and RULES[field.kind].hint != "NULL"
        if field.name != definition.key and field.kind not in _TOO_LONG and (hinted or not secret):
            listed.append(_titled_in_both(definition, field))
    return listed[:_COLUMNS]


def _english_of(definition: RegisterDefinition, field: FieldDefinition) -> FieldDefinition | None:
    """The field that says in English what another says in Chinese: ``name_zh``, ``name_en``."""
    return definition.find(f"{field.name[:-3]}_en") if field.name.endswith("_zh") else None


def _titled_in_both(definition: RegisterDefinition, field: FieldDefinition) -> FieldDefinition:
    english = _english_of(definition, field)
    if english is None:
        return field
    return field.model_copy(update={"title": Text(field.title.zh, english.title.en)})


def listed_value(
    definition: RegisterDefinition, field: FieldDefinition, values: Mapping[str, Json], *, masked: Text | None
) -> object:
    """A value of a list in words, of a pair of languages the reader's."""
    english = _english_of(definition, field)
    zh, en = values[field.name], values[english.name] if english is not None else None
    if isinstance(zh, str) and isinstance(en, str):
        return Text(zh, en)
    return shown_value(field, zh, masked=masked)


def summary_rows(
    definition: RegisterDefinition, values: Mapping[str, Json], masked: Mapping[str, Text]
) -> list[dict[str, object]]:
    """All fields of an entry for a summary list; ``masked`` says what stands for each that is not seen."""
    return [
        {"key": field.title, "value": shown_value(field, values[field.name], masked=masked.get(field.name))}
        for field in definition.fields
    ]


def controls_of(
    definition: RegisterDefinition,
    values: Mapping[str, Json],
    *,
    hidden: Collection[str] = (),
    problems: Sequence[FieldProblem] = (),
) -> list[Control]:
    """A question for each field that the officer sees."""
    found = []
    for field in definition.fields:
        if field.name in hidden or field.name in definition.worked_out:
            continue
        value = values.get(field.name)
        codes = codes_of(field)
        found.append(
            Control(
                kind="choice" if codes else _CONTROLS.get(field.kind, "text"),
                name=field.name,
                label=field.title,
                hint=field.hint or _HINTS.get(field.kind) or "",
                value=_asked(field, value),
                errors=tuple(problem.text for problem in problems if problem.path == field.name),
                options=[Option(value=code, label=words) for code, words in codes.items()],
                required=field.required,
                max_length=field.longest or 0,
                suggest=suggesting() if field.kind is FieldKind.ADDRESS else "",
            )
        )
    return found


def _asked(field: FieldDefinition, value: Json) -> object:
    if isinstance(value, dict) and field.kind is FieldKind.POINT and "lon" in value:
        return f"{value['lon']} {value['lat']}"
    return json.dumps(value) if isinstance(value, dict) and field.kind in SHAPES else value


def answers_of(controls: Sequence[Control], data: QueryDict) -> dict[str, Json]:
    """What was answered, as the register takes it; faults stay as typed, to be judged and shown again."""
    found: dict[str, Json] = {}
    for control in controls:
        answer = raw_answer(control.kind, control.name, data)
        if control.kind == "yes_no":
            found[control.name] = {"yes": True, "no": False}.get(str(answer))
        elif control.kind == "address" and isinstance(answer, dict):
            found[control.name] = answer["detail"] or None
        elif isinstance(answer, dict):
            found[control.name] = typed_date(answer)
        elif isinstance(answer, str):
            found[control.name] = answer or None
    return found


#: Acts that end an entry.
ENDS = {"retired": Text("注销", "Retired"), "merged": Text("并入另一登记项", "Merged into another entry")}
_BEGINNINGS = {
    "entered": (Text("登记", "Entered"), "success"),
    "change": (Text("变更", "Changed"), "info"),
    "correction": (Text("更正", "Corrected"), "warning"),
    "merged": (Text("撤销合并后恢复", "Set again: the merge was undone"), "success"),
}
_VALID = Text("自 {since} 起", "From {since}")
_VALID_TO = Text("自 {since} 起，至 {until} 止", "From {since} until {until}")
_BASIS = Text("依据办件 {number}", "On case {number}")
_MERGE = Text("合并第{number}号", "merge {number}")
_READINGS = Text("由最新监测值得出", "worked out from the newest values")
_FOLLOWS = Text("随所引用的登记项变更", "follows the entry that it refers to")


def events_of(
    definition: RegisterDefinition,
    lines: Sequence[VersionLine],
    masked: Collection[str],
    names: Mapping[str, Text],
) -> list[dict[str, object]]:
    """The history for a timeline, newest first."""
    events: list[dict[str, object]] = []
    before: VersionLine | None = None
    for line in lines:
        title, tone = _BEGINNINGS["entered" if before is None else before.act]
        period = _VALID if line.valid_to is None else _VALID_TO
        until = wording.day(line.valid_to) if line.valid_to else ""
        parts = [period.fill(since=wording.day(line.valid_from), until=until)]
        parts += [_basis(line.basis)] if line.basis else []
        parts += [_difference(definition.get(name), before, line, masked) for name in line.changed]
        events.append(
            {
                "title": title,
                "at": line.known_from,
                "by": names.get(line.source, line.source),
                "text": Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts)),
                "tone": tone,
            }
        )
        before = line
    if before is not None and before.act in ENDS:
        source = names.get(before.source, before.source)
        title = ENDS[before.act]
        end: dict[str, object] = {
            "title": title,
            "at": before.superseded_at,
            "by": source,
            "text": "",
            "tone": "danger",
        }
        events.append(end)
    return events[::-1]


def _basis(basis: str) -> Text:
    """What a version rests on: a case, a merge, values that were measured, or an entry that it refers to."""
    kind, _, number = basis.rpartition(":")
    if not kind:
        return _BASIS.fill(number=basis)
    if kind == "merge":
        return _MERGE.fill(number=number)
    return _READINGS if kind == "readings" else _FOLLOWS


def _difference(
    field: FieldDefinition, before: VersionLine | None, after: VersionLine, masked: Collection[str]
) -> Text:
    if before is None or field.name in masked:
        return Text(f"{field.title.zh}有变化", f"{field.title.en} differs")
    old = _plain(shown_value(field, before.values[field.name]))
    new = _plain(shown_value(field, after.values[field.name]))
    return Text(f"{field.title.zh}：{old.zh} → {new.zh}", f"{field.title.en}: {old.en} → {new.en}")


def _plain(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, datetime):
        return Text(wording.moment(value), wording.moment(value))
    if isinstance(value, date):
        return Text(wording.day(value), wording.day(value))
    return Text(str(value), str(value))
