"""Tiles, cards, key figures, the search box, the side menu, the filter panel."""

from __future__ import annotations

from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from yiwang.kernel.text import Text
from yiwang.platform.web.components.reading import parts, read, words

_SEARCH = Text("搜索", "Search")
_SECTIONS = Text("栏目", "Sections")


def _stat(item: object) -> dict[str, object]:
    return {
        "label": words(read(item, "label")),
        "value": words(read(item, "value")),
        "unit": words(read(item, "unit")),
        "note": words(read(item, "note")),
        "tone": read(item, "tone"),
        "href": read(item, "href"),
    }


def stats(items: object) -> dict[str, object]:
    """Figures side by side: items ``{label, value, unit, note, tone, href}``."""
    return {"items": [_stat(item) for item in parts(items)]}


def figure(
    value: object, text: object, en: object = "", *, unit: object = "", unit_en: object = ""
) -> dict[str, object]:
    """One figure, large, with what it counts."""
    return {"value": words(value), "label": words(text, en), "unit": words(unit, unit_en)}


def cards(items: object, columns: int = 3, level: int = 3) -> dict[str, object]:
    """Ways on, as a grid: items ``{title, text, href, icon, meta}``; meta is words or a list of words."""
    shown = []
    for item in parts(items):
        meta = read(item, "meta")
        shown.append(
            {
                "title": words(read(item, "title")),
                "text": words(read(item, "text")),
                "href": read(item, "href"),
                "icon": read(item, "icon"),
                "meta": [
                    words(part) for part in (meta if isinstance(meta, list | tuple) else [meta]) if part
                ],
            }
        )
    return {"items": shown, "columns": columns, "level": level}


def search_box(
    action: str,
    text: object = _SEARCH,
    en: object = "",
    *,
    name: str = "q",
    value: object = "",
    placeholder: object = "",
    hide_label: bool = False,
    suggest: str = "",
) -> dict[str, object]:
    """One field that asks the city; a plain GET form. ``suggest`` is where titles for the typed come from."""
    return {
        "action": action,
        "label": words(text, en),
        "name": name,
        "value": value,
        "placeholder": words(placeholder),
        "hide_label": hide_label,
        "suggest": suggest,
    }


def side_navigation(items: object, text: object = _SECTIONS, en: object = "") -> dict[str, object]:
    """A menu at the side: entries of the registry, or ``{title, href, current, count, icon, group}``."""
    groups: list[dict[str, object]] = []
    for item in parts(items):
        group = words(read(item, "group"))
        if not groups or groups[-1]["title"] != group:
            groups.append({"title": group, "entries": []})
        entries = groups[-1]["entries"]
        assert isinstance(entries, list)  # noqa: S101 - made three lines above
        entries.append(
            {
                "title": words(read(item, "title")),
                "href": read(item, "href"),
                "current": bool(read(item, "current", default=False)),
                "count": words(read(item, "count")),
                "icon": read(item, "icon"),
            }
        )
    return {"label": words(text, en), "groups": groups}


def filter_panel(
    context: Context, content: SafeString, *, clear: str = "", chosen: object = (), private: bool = False
) -> str:
    """A GET form around filter fields; ``chosen`` are ``{text, href}`` which take one filter away.

    ``private`` sends the fields in the body, for words about people (see ``private_search``).
    """
    return render_to_string(
        "platform/components/filter_panel.html",
        {
            "content": content,
            "private": private,
            "csrf_token": context.get("csrf_token"),
            "clear": clear,
            "chosen": [
                {"text": words(read(item, "text")), "href": read(item, "href")} for item in parts(chosen)
            ],
        },
    )
