"""Pages in Traditional characters: which parts of HTML are converted. Pure; the converter is given.

Words between tags, in the few attributes that are read out and in the data block for programs (JSON-LD) are
converted. What a reader typed (``value``, ``textarea``), addresses, scripts and whatever stands in an element
with ``translate="no"`` are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Convert = Callable[[str], str]
_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SPOKEN = re.compile(r'(\s(?:alt|aria-label|title|placeholder|content|label)=")([^"]*)(")')
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_AS_TYPED = frozenset({"textarea", "script", "style"})
_VOID = frozenset({"img", "input", "br", "hr", "meta", "link", "source", "track"})
# not the end of hreflang
_SIMPLIFIED = ' lang="zh-Hans"'
_TRADITIONAL = ' lang="zh-Hant"'
#: Nothing in a data block can be taken for a tag: ``<`` and ``>`` are escaped in it.
_DATA_BLOCK = '<script type="application/ld+json"'
_DATA_SIMPLIFIED, _DATA_TRADITIONAL = '"inLanguage":"zh-Hans"', '"inLanguage":"zh-Hant"'


def converted(html: str, convert: Convert) -> str:
    """A page whose words are converted and whose language says so.

    >>> converted("<html lang=\"zh-Hans\"><p>广州</p><textarea>广州</textarea></html>", lambda _: "廣州")
    '<html lang="zh-Hant"><p>廣州</p><textarea>广州</textarea></html>'
    """
    found: list[str] = []
    kept_in, depth, is_data = "", 0, False
    for piece in _TAG.split(html):
        tag = _NAME.match(piece)
        if tag is None:
            words = piece if kept_in or not _CHINESE.search(piece) else convert(piece)
            found.append(words.replace(_DATA_SIMPLIFIED, _DATA_TRADITIONAL) if is_data else words)
            continue
        is_data = piece.startswith(_DATA_BLOCK)
        closes, name = bool(tag[1]), tag[2].lower()
        if kept_in:
            depth += (name == kept_in) * (-1 if closes else 1)
            kept_in = kept_in if depth else ""
            found.append(piece)
            continue
        if not (closes or is_data) and name not in _VOID and (name in _AS_TYPED or 'translate="no"' in piece):
            kept_in, depth = name, 1
            found.append(piece)
            continue
        found.append(_tag(piece, convert))
    return "".join(found)


def _tag(tag: str, convert: Convert) -> str:
    spoken = _SPOKEN.sub(lambda part: f"{part[1]}{convert(part[2])}{part[3]}", tag)
    return spoken.replace(_SIMPLIFIED, _TRADITIONAL)
