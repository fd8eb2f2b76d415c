"""The answers of a layer's form as parts of its definition."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import QueryDict

from yiwang.maps.definitions import MOST_ZOOM
from yiwang.maps.making import api
from yiwang.maps.making.contracts import LayerDraftView, Method
from yiwang.maps.making.rules.case_layers import shades_of
from yiwang.maps.making.rules.palettes import apart, ramp
from yiwang.maps.making.web.asking import OWN, flags_of, pair_of
from yiwang.platform.contracts import Json
from yiwang.registers.api import Mapped
from yiwang.registers.definitions import FieldKind

Answers = Mapping[str, object]
_METHODS: Mapping[str, Method] = {"equal": "equal", "quantile": "quantile", "natural": "natural"}


def part_of(view: LayerDraftView, drawn: Mapped, answers: Answers, sent: QueryDict) -> dict[str, Json]:
    """All parts that the form asks for; what is no number stays as typed, to be told."""
    part: dict[str, Json] = {
        name: {**pair_of(name, answers).as_dict()} for name in ("title", "summary", "group")
    }
    part["audience"] = _audience(view.owner, answers)
    part["fields"] = [*_fields(view, drawn, sent)]
    flags = ("shown", *(option.value for option in flags_of(view)))
    for flag in ("shown", "near", "underground"):
        part[flag] = flag in flags and flag in _chosen(answers, "flags")
    for name, default in (("from_zoom", "0"), ("to_zoom", str(MOST_ZOOM)), ("order", "100")):
        part[name] = _number(_said(answers, name) or default)
    part["only"] = _only(view, answers)
    style = _style(view, drawn, answers) or _kept_style(view)
    part["style"] = {**style, **_finish(str(style.get("draw")), answers)}
    part["labels"] = _labels(view, answers)
    rule = _said(answers, "rule")
    if rule != "keep":
        part["generalise"] = _rules(rule, drawn.shape.kind, _number(_said(answers, "rule_zoom") or "13"))
    return part


#: What each style may say beside its colours, by the question that asks for it.
_FINISH: Mapping[str, Mapping[str, str]] = {
    "plain": {"line_colour": "line_colour", "width": "width", "opacity": "opacity"},
    "categories": {"line_colour": "line_colour", "width": "width", "opacity": "opacity"},
    "classes": {"line_colour": "line_colour", "width": "width", "opacity": "opacity"},
    "heat": {"width": "radius", "opacity": "opacity"},
    "clusters": {"width": "width", "opacity": "opacity"},
    "extrusion": {"metres": "metres", "opacity": "opacity"},
}


def _kept_style(view: LayerDraftView) -> dict[str, Json]:
    """The style that stands, without what the form asks for beside it."""
    style = view.content["style"]
    kept = dict(style) if isinstance(style, Mapping) else {}
    for name in _FINISH.get(str(kept.get("draw")), {}).values():
        kept.pop(name, None)
    return kept


def _finish(draw: str, answers: Answers) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for asked, name in _FINISH.get(draw, {}).items():
        said = _said(answers, asked)
        if said:
            found[name] = said if asked == "line_colour" else _amount(said)
    return found


def _labels(view: LayerDraftView, answers: Answers) -> Json:
    """Colours of words stay as they are; the form asks for none."""
    field = _said(answers, "label")
    if not field:
        return None
    before = view.content.get("labels")
    found: dict[str, Json] = {"field": field}
    for name in ("colour", "halo", "to_zoom"):
        if isinstance(before, dict) and name in before:
            found[name] = before[name]
    found["from_zoom"] = _number(_said(answers, "label_zoom") or "0")
    if other := _said(answers, "label_en"):
        found["field_en"] = other
    if size := _said(answers, "label_size"):
        found["size"] = _amount(size)
    return found


def _only(view: LayerDraftView, answers: Answers) -> Json:
    """The first choice of entries; others, which only a text can say, stay."""
    others = view.content.get("only")
    rest = list(others[1:]) if isinstance(others, list) else []
    field = _said(answers, "only_by")
    values: list[Json] = [*dict.fromkeys(_said(answers, "only_values").split())]
    first: list[Json] = [{"field": field, "values": values}] if field else []
    return [*first, *rest]


def _audience(owner: str, answers: Answers) -> Json:
    who = _said(answers, "audience")
    if who == OWN:
        return {"kind": "organisations", "organisations": [owner]}
    if who == "organisations":
        codes = list(dict.fromkeys(_said(answers, "organisations").split()))
        return {"kind": "organisations", "organisations": [*codes]}
    return {"kind": who or "officers"}


def _fields(view: LayerDraftView, drawn: Mapped, sent: QueryDict) -> list[Json]:
    found: list[Json] = []
    for field in drawn.definition.fields:
        if field.name not in drawn.columns or field.name not in sent.getlist("show"):
            continue
        one: dict[str, Json] = {"name": field.name}
        if said := sent.get(f"zoom-{field.name}", "").strip():
            one["from_zoom"] = _number(said)
        if sent.get(f"who-{field.name}") == OWN:
            one["organisations"] = [view.owner]
        found.append(one)
    return found


def _style(view: LayerDraftView, drawn: Mapped, answers: Answers) -> dict[str, Json] | None:
    draw, colour = _said(answers, "draw"), _said(answers, "colour")
    field, ramped = _said(answers, "by"), _said(answers, "ramp")
    if draw in {"plain", "clusters"}:
        return {"draw": draw, "colour": colour}
    if draw == "heat":
        return {"draw": draw, **({"weight": field} if field else {})}
    if draw == "extrusion":
        return {"draw": draw, "field": field, "colour": colour}
    if draw == "categories":
        return {"draw": draw, "field": field, "values": _categories(view, drawn, field)}
    if draw == "classes":
        many = _number(_said(answers, "classes") or "5")
        method = _METHODS.get(_said(answers, "method"), "natural")
        breaks = api.proposed_breaks(drawn, field, many if isinstance(many, int) else 5, method)
        return {
            "draw": draw,
            "field": field,
            "breaks": [*breaks],
            "colours": [*ramp(ramped, len(breaks) + 1)],
        }
    return None


def _categories(view: LayerDraftView, drawn: Mapped, field: str) -> list[Json]:
    known = drawn.definition.find(field)
    if known is None:
        return []
    if view.layer.cases and known.codes:
        return [*shades_of(known)]
    codes = ["true", "false"] if known.kind is FieldKind.YES_NO else [each.code for each in known.codes]
    return [{"value": code, "colour": shade} for code, shade in zip(codes, apart(len(codes)), strict=True)]


def _rules(rule: str, kind: FieldKind, to_zoom: Json) -> list[Json]:
    if rule == "reduce":
        named = "cluster" if kind is FieldKind.POINT else "drop_smallest"
        return [{"rule": named, "to_zoom": to_zoom, "pixels": 48 if kind is FieldKind.POINT else 2}]
    if rule == "simplify":
        return [{"rule": rule, "to_zoom": to_zoom, "pixels": 1}]
    if rule == "sample":
        return [{"rule": "sample", "to_zoom": to_zoom, "one_in": 10}]
    return []


def _number(said: str) -> Json:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else said


def _amount(said: str) -> Json:
    """A number of pixels, metres or a share; what is none stays as typed, to be told."""
    return float(said) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", said, re.ASCII) else said


def _said(answers: Answers, name: str) -> str:
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""


def _chosen(answers: Answers, name: str) -> list[str]:
    value = answers.get(name)
    return [str(each) for each in value] if isinstance(value, list) else []
