"""Rows of supervision tables, as the table component takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from yiwang.cases.contracts import LIGHT_TEXTS, PHASE_TEXTS, CardLevel, CardView, Light
from yiwang.cases.contracts.figures import Evidence, Standing, StandingCase
from yiwang.identity.api import account_names, divisions_below, organisation_names
from yiwang.insight.api import may_see_officer
from yiwang.insight.contracts import MARK_TEXTS
from yiwang.insight.web.asking import link
from yiwang.insight.web.charts import light_bar
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

Row = dict[str, object]
LIGHT_TONES = {
    Light.NONE: "neutral",
    Light.GREEN: "success",
    Light.WARNED: "info",
    Light.YELLOW: "warning",
    Light.RED: "danger",
    Light.STOPPED: "neutral",
}
CARD_TEXTS = {CardLevel.YELLOW: LIGHT_TEXTS[Light.YELLOW], CardLevel.RED: LIGHT_TEXTS[Light.RED]}
CARD_TONES = {CardLevel.YELLOW: "warning", CardLevel.RED: "danger"}
MARK_TONES = {
    "on_time": "success",
    "in_time": "success",
    "clean": "success",
    "late": "danger",
    "unanswered": "danger",
    "red": "danger",
    "yellow": "warning",
    "supplemented": "warning",
    "5": "success",
    "4": "success",
    "3": "info",
    "2": "danger",
    "1": "danger",
}
_COUNTED = (Light.WARNED, Light.YELLOW, Light.RED, Light.STOPPED)
DASH = "—"


def standing_row(row: Standing, title: Text, chosen: str, rate: Decimal | None = None) -> Row:
    """A line of the board; ``chosen`` is the name under which the list page takes its key."""

    def count(number: int, **more: object) -> object:
        if not number:
            return "0"
        return {"text": f"{number:,}", "href": link("open", **{chosen: row.key}, **more)}

    return {
        "title": title,
        "open": count(row.open),
        "today": count(row.due_today, today=1),
        **{str(light): count(row.lights[light], light=light) for light in _COUNTED},
        "rate": f"{rate}%" if rate is not None else DASH,
        "bar": light_bar(row),
    }


def standing_columns(name: Text, *, rate: bool = False) -> list[Row]:
    """The columns of a line of the board."""
    columns: list[Row] = [
        {"key": "title", "label": name, "head": True},
        {"key": "open", "label": Text("在办", "Open"), "numeric": True},
        {"key": "today", "label": Text("今日到期", "Due today"), "numeric": True},
        *({"key": str(light), "label": LIGHT_TEXTS[light], "numeric": True} for light in _COUNTED),
    ]
    if rate:
        columns.append({"key": "rate", "label": Text("本月按时率", "On time this month"), "numeric": True})
    return columns


def case_href(number: str) -> str:
    """The page of a case in the desk."""
    return reverse("desk:case", args=(number,))


def open_case_rows(cases: Sequence[StandingCase]) -> list[Row]:
    """Open cases in a list."""
    names = organisation_names({code for case in cases for code in case.holders})
    return [
        {
            "number": {"text": case.number, "href": case_href(case.number), "note": case.title},
            "item": case.type_title,
            "holders": _joined([names[code] for code in case.holders]),
            "phase": PHASE_TEXTS[case.phase],
            "light": {"text": LIGHT_TEXTS[case.light], "tone": LIGHT_TONES[case.light]},
            "due": case.due_at or DASH,
            "opened": case.opened_at,
        }
        for case in cases
    ]


OPEN_CASE_COLUMNS: list[Row] = [
    {"key": "number", "label": Text("办件", "Case"), "head": True},
    {"key": "item", "label": Text("事项", "Service item")},
    {"key": "holders", "label": Text("在办部门", "With")},
    {"key": "phase", "label": Text("状态", "State")},
    {"key": "light", "label": Text("时限", "Clock")},
    {"key": "due", "label": Text("最近到期", "Next due"), "nowrap": True},
    {"key": "opened", "label": Text("收件", "Received"), "nowrap": True},
]


def card_rows(actor: Actor, cards: Sequence[CardView]) -> list[Row]:
    """Cards in a list; officers' names only for those who may see them."""
    names = organisation_names({card.organisation for card in cards})
    people = _people(actor, [(card.organisation, card.officer_id) for card in cards])
    return [
        {
            "level": {"text": CARD_TEXTS[card.level], "tone": CARD_TONES[card.level]},
            "number": {"text": card.number, "href": case_href(card.number), "note": card.step},
            "item": card.type_title,
            "organisation": names[card.organisation],
            "officer": people.get(card.officer_id or 0, DASH),
            "at": card.at,
            "notice": Text("已督办", "Asked")
            if card.noticed
            else {"text": Text("发督办", "Ask"), "href": _asking(card)},
        }
        for card in cards
    ]


CARD_COLUMNS: list[Row] = [
    {"key": "level", "label": Text("级别", "Level")},
    {"key": "number", "label": Text("办件", "Case"), "head": True},
    {"key": "item", "label": Text("事项", "Service item")},
    {"key": "organisation", "label": Text("部门", "Department")},
    {"key": "officer", "label": Text("经办人", "Officer")},
    {"key": "at", "label": Text("发牌时间", "Issued"), "nowrap": True},
]
CARD_NOTICE_COLUMN: Row = {"key": "notice", "label": Text("督办", "Notice"), "nowrap": True}


def evidence_rows(actor: Actor, rows: Sequence[Evidence]) -> list[Row]:
    """What was counted, one by one."""
    names = organisation_names({row.organisation for row in rows})
    people = _people(actor, [(row.organisation, row.officer_id) for row in rows])
    return [
        {
            "number": {"text": row.number, "href": case_href(row.number), "note": row.title},
            "item": row.type_title,
            "step": row.step or DASH,
            "organisation": names[row.organisation],
            "officer": people.get(row.officer_id or 0, DASH),
            "mark": {"text": MARK_TEXTS[row.indicator, row.mark], "tone": MARK_TONES[row.mark]},
            "at": row.at,
            "due": row.due_at or DASH,
        }
        for row in rows
    ]


EVIDENCE_COLUMNS: list[Row] = [
    {"key": "number", "label": Text("办件", "Case"), "head": True},
    {"key": "item", "label": Text("事项", "Service item")},
    {"key": "step", "label": Text("环节", "Step")},
    {"key": "organisation", "label": Text("部门", "Department")},
    {"key": "officer", "label": Text("人员", "Officer")},
    {"key": "mark", "label": Text("情况", "Mark")},
    {"key": "at", "label": Text("时间", "At"), "nowrap": True},
    {"key": "due", "label": Text("期限", "Due"), "nowrap": True},
]


def division_names(keys: Sequence[str]) -> Mapping[str, Text]:
    """Names of districts by their six digits; what the city does not know is named by its code."""
    cities = {key[:4] + "00" for key in keys if len(key) == 6}
    known = {found.code: found.name for city in cities for found in divisions_below(city)}
    whole = {city: Text("市本级", "City level") for city in cities}
    return {key: known.get(key) or whole.get(key) or Text(key or "未填", key or "Not given") for key in keys}


def _people(actor: Actor, rows: Sequence[tuple[str, int | None]]) -> dict[int, str]:
    """Names of the officers whom the reader may see."""
    return account_names(
        {
            officer_id
            for organisation, officer_id in set(rows)
            if officer_id is not None and may_see_officer(actor, organisation, officer_id)
        }
    )


def _asking(card: CardView) -> str:
    """The page of the notice, with the card and its department chosen."""
    query = urlencode({"card": card.id, "organisation": card.organisation})
    return f"{reverse('desk:act', args=(card.number, 'open_notice'))}?{query}"


def _joined(texts: Sequence[Text]) -> Text:
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
