"""Items as pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.language import current_language
from yiwang.portal.openness.contracts import ActView, ItemRow, ItemView
from yiwang.portal.openness.rules import blocks as written_blocks
from yiwang.portal.openness.rules.blocks import Block
from yiwang.portal.openness.rules.categories import CATEGORIES, place_of
from yiwang.portal.openness.rules.life import ACT_TEXTS, STATE_TEXTS, ActKind, State
from yiwang.portal.openness.rules.links import KIND_TEXTS, NEED_TEXTS, ItemKind
from yiwang.portal.rules.subjects import THEMES

TONES = {
    State.NOT_YET: "info",
    State.IN_FORCE: "success",
    State.AMENDED: "success",
    State.REPEALED: "danger",
    State.REPLACED: "warning",
    State.EXPIRED: "neutral",
}
CHINESE = "zh-Hans"
_SUFFERED = {
    ActKind.AMEND: Text("被《{title}》修改", "Amended by {title}"),
    ActKind.REPEAL: Text("被《{title}》废止", "Repealed by {title}"),
    ActKind.REPLACE: Text("被《{title}》替代", "Replaced by {title}"),
    ActKind.PROLONG: Text("有效期由《{title}》延长", "Prolonged by {title}"),
}
_DONE = {
    ActKind.AMEND: Text("修改《{title}》", "Amends {title}"),
    ActKind.REPEAL: Text("废止《{title}》", "Repeals {title}"),
    ActKind.REPLACE: Text("替代《{title}》", "Replaces {title}"),
    ActKind.PROLONG: Text("延长《{title}》的有效期", "Prolongs {title}"),
}


def both(text: Text) -> Text:
    """A text whose English nobody has written is Chinese in both halves."""
    return text if text.en else Text(text.zh, text.zh)


def lang_of(text: Text) -> str:
    """The language of what is shown, where it is not the reader's."""
    return CHINESE if current_language() == "en" and not text.en else ""


def cards(rows: Iterable[ItemRow]) -> list[dict[str, object]]:
    """Items in a list."""
    listed = list(rows)
    names = organisation_names({row.organisation for row in listed})
    return [
        {
            "row": row,
            "title": both(row.title),
            "lang": lang_of(row.title),
            "organisation": names.get(row.organisation, row.organisation),
            "kind": KIND_TEXTS[row.kind],
            **state_of(row),
        }
        for row in listed
    ]


def state_of(row: ItemRow) -> dict[str, object]:
    """The state of a policy file and its tone; nothing for other items."""
    if row.state is None:
        return {"state": "", "tone": "neutral"}
    return {"state": STATE_TEXTS[row.state], "tone": TONES[row.state]}


def facts(row: ItemRow) -> list[dict[str, object]]:
    """What the catalogue says of an item."""
    category = CATEGORIES[row.category]
    name = organisation_names({row.organisation}).get(row.organisation, row.organisation)
    said: list[tuple[Text, object]] = [
        (Text("索引号", "Index number"), row.index_number),
        (Text("文号", "Document number"), row.document_number),
        (Text("发布机构", "Issued by"), name),
        (Text("公开类别", "Category"), {"text": category.title, "note": place_of(category)}),
        (Text("主题", "Theme"), THEMES.get(row.theme, "")),
        (Text("成文日期", "Made"), row.made_on),
        (Text("公开日期", "Published"), row.published_at.date() if row.published_at else ""),
    ]
    if row.kind is ItemKind.POLICY:
        said.append((Text("施行日期", "In force from"), row.from_day or ""))
        said.append((Text("有效期至", "Valid until"), row.until or Text("长期有效", "No end is set")))
    return [{"key": key, "value": value} for key, value in said if value]


def life(view: ItemView) -> list[dict[str, object]]:
    """The life of a policy file, day by day, each a sentence with the other file's page."""
    row = view.row
    if row.from_day is None:
        return []
    found: list[dict[str, object]] = [
        {"day": row.made_on, "text": Text("成文", "Made"), "href": ""},
        {"day": row.from_day, "text": Text("施行", "Comes into force"), "href": ""},
        *(_act(act) for act in view.acts),
    ]
    if row.state is State.EXPIRED and row.until is not None:
        found.append({"day": row.until, "text": Text("有效期届满", "Its term ends"), "href": ""})
    return sorted(found, key=lambda one: str(one["day"]))


def links(view: ItemView) -> list[dict[str, object]]:
    """What belongs to a policy file."""
    return [
        {
            "id": link.id,
            "need": NEED_TEXTS[link.need],
            "title": both(link.title),
            "lang": lang_of(link.title),
            "href": reverse("openness:item", args=[link.item])
            if link.item is not None
            else reverse("portal:guide", args=[link.service]),
        }
        for link in view.links
    ]


def body(view: ItemView) -> dict[str, object]:
    """The text in the reader's language, or in Chinese where there is no other."""
    english = current_language() == "en"
    parts = view.body_en if english and view.body_en else view.body
    return {
        "blocks": [_block(part) for part in parts],
        "body_lang": CHINESE if english and not view.body_en else "",
    }


def _block(block: Block) -> dict[str, object]:
    rows = written_blocks.cells(block.text) if block.kind == "table" else []
    return {"kind": block.kind, "text": block.text, "head": rows[0] if rows else [], "rows": rows[1:]}


def _act(act: ActView) -> dict[str, object]:
    title = both(act.title)
    words = (_DONE if act.done else _SUFFERED)[act.kind]
    return {
        "id": act.id,
        "day": act.on,
        "text": Text(words.zh.format(title=title.zh), words.en.format(title=title.en)),
        "href": reverse("openness:item", args=[act.other]) if act.other is not None else "",
        "kind": ACT_TEXTS[act.kind],
        "confirmed": act.confirmed,
        "done": act.done,
        "entered_by": act.entered_by,
        "until": act.until,
    }
