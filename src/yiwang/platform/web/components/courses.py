"""What tells a course: task lists, steps, timelines, progress."""

from __future__ import annotations

from datetime import date, datetime

from yiwang.kernel.text import Text
from yiwang.platform.web.components.notices import tag
from yiwang.platform.web.components.reading import parts, read, words

_STEPS = Text("办理步骤", "Steps")


def task_list(items: object, name: str = "tasks") -> dict[str, object]:
    """Parts of a longer work: items ``{title, hint, href, status, tone}``; ``name`` keeps ids apart."""
    return {
        "name": name,
        "items": [
            {
                "title": words(read(item, "title")),
                "hint": words(read(item, "hint")),
                "href": read(item, "href"),
                "tag": tag(read(item, "status"), tone=str(read(item, "tone", "neutral"))),
            }
            for item in parts(items)
        ],
    }


def steps(items: object, current: int, text: object = _STEPS, en: object = "") -> dict[str, object]:
    """Where the reader stands: items ``{title, note}``, ``current`` counts from 1."""
    return {
        "label": words(text, en),
        "items": [
            {
                "title": words(read(item, "title")),
                "note": words(read(item, "note")),
                "state": "done" if at < current else "current" if at == current else "ahead",
            }
            for at, item in enumerate(parts(items), start=1)
        ],
    }


def timeline(events: object, level: int = 3) -> dict[str, object]:
    """What happened, newest first as given: events ``{title, at, by, text, tone, links: [{text, href}]}``."""
    return {
        "level": level,
        "events": [
            {
                "title": words(read(event, "title")),
                "at": words(read(event, "at")),
                "iso": _machine_time(read(event, "at")),
                "by": words(read(event, "by")),
                "text": words(read(event, "text")),
                "tone": read(event, "tone"),
                "links": [
                    {"text": words(read(link, "text")), "href": read(link, "href")}
                    for link in parts(read(event, "links"))
                ],
            }
            for event in parts(events)
        ],
    }


def _machine_time(at: object) -> str:
    """For ``<time datetime>``, which takes at most milliseconds; empty for words."""
    if isinstance(at, datetime):
        return at.isoformat(timespec="seconds")
    return at.isoformat() if isinstance(at, date) else ""


def progress(value: int, maximum: int, text: object = "", en: object = "") -> dict[str, object]:
    """How much is done, drawn by the server: whole units of ``maximum``."""
    return {"value": value, "maximum": maximum, "text": words(text, en) or words("进度", "Progress")}
