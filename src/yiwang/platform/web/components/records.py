"""Facts in rows: summary lists and tables."""

from __future__ import annotations

from yiwang.platform.web.components.notices import clock, tag
from yiwang.platform.web.components.reading import parts, read, words


def _rich(value: object) -> dict[str, object]:
    """A value as it is shown: plain words, or ``{text, href, tone, note, clock, code}``."""
    if isinstance(value, dict) and not {"zh", "en"} <= value.keys():
        tone = read(value, "tone")
        return {
            "text": words(read(value, "text")),
            "href": read(value, "href"),
            "tag": tag(read(value, "text"), tone=str(tone)) if tone else None,
            "note": words(read(value, "note")),
            "clock": clock(read(value, "clock")) if read(value, "clock") else None,
            "code": read(value, "code"),
        }
    return {"text": words(value), "href": "", "tag": None, "note": "", "clock": None, "code": ""}


def summary(rows: object, title: object = "", en: object = "") -> dict[str, object]:
    """Keys and values; rows ``{key, value, href, change}``.

    ``value`` is words, a list of words, or ``{text, href, tone, note, clock, code}``; ``href`` gives the row
    a change link (its words are ``change``, or 修改 / Change); with a title the list becomes a card.
    """
    shown = []
    for row in parts(rows):
        value = read(row, "value")
        values = [_rich(part) for part in value] if isinstance(value, list | tuple) else [_rich(value)]
        shown.append(
            {
                "key": words(read(row, "key")),
                "shown": values,
                "href": read(row, "href"),
                "change": words(read(row, "change")) or words("修改", "Change"),
            }
        )
    return {"title": words(title, en), "rows": shown, "has_links": any(row["href"] for row in shown)}


def table(
    columns: object,
    rows: object,
    caption: object = "",
    en: object = "",
    *,
    cards: bool = True,
    wide: bool = False,
) -> dict[str, object]:
    """A table; on a narrow screen each row is a card. ``wide`` is one that may scroll on a wide screen too.

    columns ``{key, label, numeric, nowrap, head, sort_href, sorted}`` (``head`` marks the row's own heading,
    ``sorted`` is ascending or descending); rows are dictionaries by column key, each value words or
    ``{text, href, tone, note, clock, code}``.
    """
    heads = [
        {
            "key": read(column, "key"),
            "label": words(read(column, "label")),
            "numeric": bool(read(column, "numeric", default=False)),
            "head": bool(read(column, "head", default=False)),
            "nowrap": bool(read(column, "nowrap", default=False)),
            "sort_href": read(column, "sort_href"),
            "sorted": read(column, "sorted"),
        }
        for column in parts(columns)
    ]
    body = [[{**head, **_rich(read(row, str(head["key"])))} for head in heads] for row in parts(rows)]
    return {"caption": words(caption, en), "columns": heads, "rows": body, "cards": cards, "wide": wide}
