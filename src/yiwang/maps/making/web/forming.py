"""The answers of a layer's form as parts of its definition."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from yiwang.maps.making import api
from yiwang.maps.making.contracts import LayerDraftView, Method
from yiwang.maps.making.rules.palettes import apart, ramp
from yiwang.maps.making.web.asking import OWN, pair_of
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
    part["shown"] = "shown" in _chosen(answers, "flags")
    part["from_zoom"] = _number(_said(answers, "from_zoom") or "0")
    style = _style(drawn, answers)
    if style is not None:
        part["style"] = style
    field = _said(answers, "label")
    part["labels"] = (
        {"field": field, "from_zoom": _number(_said(answers, "label_zoom") or "0")} if field else None
    )
    rule = _said(answers, "rule")
    if rule != "keep":
        part["generalise"] = _rules(rule, drawn.shape.kind, _number(_said(answers, "rule_zoom") or "13"))
    return part


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


def _style(drawn: Mapped, answers: Answers) -> dict[str, Json] | None:
    draw, colour = _said(answers, "draw"), _said(answers, "colour")
    field, ramped = _said(answers, "by"), _said(answers, "ramp")
    if draw in {"plain", "clusters"}:
        return {"draw": draw, "colour": colour}
    if draw == "heat":
        return {"draw": draw}
    if draw == "extrusion":
        return {"draw": draw, "field": field, "colour": colour}
    if draw == "categories":
        known = drawn.definition.find(field)
        codes = [each.code for each in known.codes] if known is not None else []
        if known is not None and known.kind is FieldKind.YES_NO:
            codes = ["true", "false"]
        values: list[Json] = [
            {"value": code, "colour": shade} for code, shade in zip(codes, apart(len(codes)), strict=True)
        ]
        return {"draw": draw, "field": field, "values": values}
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


def _rules(rule: str, kind: FieldKind, to_zoom: Json) -> list[Json]:
    if rule == "reduce":
        named = "cluster" if kind is FieldKind.POINT else "drop_smallest"
        return [{"rule": named, "to_zoom": to_zoom, "pixels": 48 if kind is FieldKind.POINT else 2}]
    if rule == "sample":
        return [{"rule": "sample", "to_zoom": to_zoom, "one_in": 10}]
    return []


def _number(said: str) -> Json:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else said


def _said(answers: Answers, name: str) -> str:
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""


def _chosen(answers: Answers, name: str) -> list[str]:
    value = answers.get(name)
    return [str(each) for each in value] if isinstance(value, list) else []
