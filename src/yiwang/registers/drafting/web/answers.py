"""The answers of the forms on which a register is drawn up, as parts of a definition and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.http import QueryDict

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, raw_answer
from yiwang.registers.definitions import FieldKind
from yiwang.registers.drafting.web.asking import FLAGS, flags_of

Data = Mapping[str, Json]
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")


def answers_of_field(field: Data) -> dict[str, object]:
    """A field of a definition as answers of its form."""
    codes = field.get("codes")
    lines = [_code_line(one) for one in codes if isinstance(one, dict)] if isinstance(codes, list) else []
    return {
        **{key: value for key, value in field.items() if key not in FLAGS},
        **_halves("title", field.get("title")),
        **_halves("hint", field.get("hint")),
        "codes": "\n".join(lines),
        "flags": [key for key in FLAGS if field.get(key) is True],
    }


def answers_of_head(content: Data) -> dict[str, object]:
    """The head of a definition as answers of its form."""
    subject, sources = content.get("subject"), content.get("sources")
    of = subject if isinstance(subject, dict) else {}
    return {
        **_halves("title", content.get("title")),
        **_halves("summary", content.get("summary")),
        "key": content.get("key"),
        "district": content.get("district"),
        "subject_kind": of.get("kind"),
        "subject_field": of.get("field"),
        "sources": " ".join(map(str, sources)) if isinstance(sources, list) else "",
        "flags": ["open"] if content.get("open") is True else [],
    }


def typed(controls: Sequence[Control], data: QueryDict) -> dict[str, object]:
    """What was typed, to be judged and shown again."""
    return {control.name: raw_answer(control.kind, control.name, data) for control in controls}


def field_of(kind: FieldKind, answers: Mapping[str, object]) -> dict[str, Json]:
    """A field as a definition says it."""
    given = {name: _text(answers, name) for name in ("name", "secrecy", "register", "on_retire")}
    found: dict[str, Json] = {
        "name": given["name"],
        "kind": kind.value,
        "title": _pair_of("title", answers),
        "secrecy": given["secrecy"] or Secrecy.INTERNAL.value,
    }
    hint = _pair_of("hint", answers)
    if any(hint.values()):
        found["hint"] = {**hint}
    chosen = answers.get("flags")
    for key, _ in flags_of(kind):
        if isinstance(chosen, list) and key in chosen:
            found[key] = True
    for name in ("max_length", "min", "max"):
        if _text(answers, name):
            found[name] = _as_number(_text(answers, name))
    if kind is FieldKind.CODE:
        found["codes"] = [*map(_code_of, _text(answers, "codes").splitlines())]
    if kind is FieldKind.REFERENCE:
        found |= {"register": given["register"], "on_retire": given["on_retire"] or "refuse"}
    return found


def head_of(answers: Mapping[str, object]) -> dict[str, Json]:
    """The head as a definition says it, without its titles."""
    flags = answers.get("flags")
    found: dict[str, Json] = {
        "key": _text(answers, "key"),
        "district": _text(answers, "district"),
        "sources": [*_text(answers, "sources").split()],
        "open": isinstance(flags, list) and "open" in flags,
    }
    if "subject_kind" in answers:
        kind, field = _text(answers, "subject_kind"), _text(answers, "subject_field")
        found["subject"] = {"kind": kind, "field": field} if kind and field else None
    return found


def text_of(name: str, answers: Mapping[str, object]) -> Text:
    """A pair of answers as a text."""
    return Text(_text(answers, f"{name}_zh"), _text(answers, f"{name}_en"))


def _pair_of(name: str, answers: Mapping[str, object]) -> dict[str, Json]:
    words = text_of(name, answers)
    return {"zh": words.zh, "en": words.en}


def _text(answers: Mapping[str, object], name: str) -> str:
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""


def _as_number(value: str) -> Json:
    """A number as YAML writes it; what is none stays as typed, to be told."""
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _DECIMAL.fullmatch(value) else value


def _code_of(line: str) -> Json:
    code, zh, en = ([part.strip() for part in line.split("|", 2)] + ["", ""])[:3]
    return {"code": code, "title": {"zh": zh, "en": en}}


def _code_line(one: Data) -> str:
    halves = _halves("title", one.get("title"))
    return f"{one.get('code', '')} | {halves['title_zh']} | {halves['title_en']}"


def _halves(name: str, value: Json) -> dict[str, object]:
    found = value if isinstance(value, dict) else {}
    return {f"{name}_zh": found.get("zh", ""), f"{name}_en": found.get("en", "")}
