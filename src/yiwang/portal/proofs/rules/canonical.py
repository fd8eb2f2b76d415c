"""The canonical text of a page: what it says in both languages, and the digests of its files.

JSON as RFC 8785 has it: keys sorted, no blanks, UTF-8, no floats. How it looks, and what stands around it
(menu, footer), is not in it. ``format`` changes when the spelling does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.portal.sites.contracts import PageView
from yiwang.portal.sites.rules.bodies import Part

FORMAT = "yiwang-page/1"


def content_of_page(address: str, view: PageView, files: Mapping[int, str]) -> dict[str, Json]:
    """What is hashed; ``files`` are digests by id."""
    link = view.link
    return {
        "format": FORMAT,
        "address": address,
        "kind": link.kind,
        "title": _both(link.title, has_english=link.has_english),
        "summary": _both(link.summary, has_english=link.has_english),
        "day": link.day.isoformat() if link.day else None,
        "details": {
            name: _plain(value) for name, value in view.details.items() if value not in (None, "", ())
        },
        "body": _parts(view.body),
        "body_en": _parts(view.body_en),
        "files": {str(file): digest for file, digest in files.items()},
    }


def _both(text: Text, *, has_english: bool) -> dict[str, Json]:
    return {"zh": text.zh, "en": text.en if has_english else ""}


def _parts(parts: Iterable[Part]) -> list[Json]:
    """Each part with what it has: nothing empty, so that a later field changes no earlier digest."""
    return [
        {
            name: value
            for name, value in (
                ("kind", part.kind),
                ("text", part.text),
                ("file", part.file),
                ("alt", part.alt),
                ("caption", part.caption),
            )
            if value
        }
        for part in parts
    ]


def _plain(value: object) -> Json:
    """Dates and decimals as text, rows as lists."""
    match value:
        case bool() | int() | str() | None:
            return value
        case Decimal():
            return format(value, "f")
        case Mapping():
            return {str(name): _plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
    return str(value)
