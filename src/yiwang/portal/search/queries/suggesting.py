"""Titles for what somebody is typing."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString

from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.contracts import TimeLimitReached
from yiwang.portal.search.contracts import SOURCES, Suggestion
from yiwang.portal.search.queries.hits import MILLISECONDS, codes_of_kinds
from yiwang.portal.search.rules.words import folded

_MOST_SUGGESTED = 8
_SHORTEST_LATIN = 2
#: After whatever begins with some letters.
_LAST_SIGN = "\U0010ffff"
_SUGGESTED: LiteralString = """
SELECT found.kind, found.title_zh, found.title_en, found.address
FROM search_indexed AS found
JOIN (
  SELECT document_id, min(length(letters)) AS length
  FROM (
    SELECT document_id, letters FROM search_beginning
    WHERE (letters ~>=~ %(letters)s AND letters ~<~ %(letters_end)s)
      OR (letters ~>=~ %(joined)s AND letters ~<~ %(joined_end)s)
    LIMIT 500
  ) AS begun_so
  GROUP BY document_id
) AS begun ON begun.document_id = found.id
WHERE found.readers && %(readers)s::varchar[] AND found.kind = ANY(%(kinds)s)
ORDER BY found.weight * (%(weights)s::jsonb ->> found.kind)::float DESC, begun.length, found.id
LIMIT %(most)s
"""


def suggest(typed: str, *, readers: Collection[str]) -> tuple[Suggestion, ...]:
    """Titles of which a word begins with what was typed: in characters, pinyin or first letters."""
    letters = folded(typed[:60]).strip()[:60]
    joined = letters.replace(" ", "") if letters.isascii() else letters
    if not letters or (letters.isascii() and len(joined) < _SHORTEST_LATIN):
        return ()
    params = {
        "letters": letters,
        "letters_end": letters + _LAST_SIGN,
        "joined": joined,
        "joined_end": joined + _LAST_SIGN,
        "readers": list(readers),
        "kinds": codes_of_kinds(),
        "weights": sql.json_text({code: source.kind.weight for code, source in SOURCES}),
        "most": _MOST_SUGGESTED,
    }
    try:
        [rows] = sql.fetch_within(MILLISECONDS, [(_SUGGESTED, params)])
    except TimeLimitReached:
        return ()
    return tuple(
        Suggestion(kind=str(kind), title=Text(str(zh), str(en)), address=str(address))
        for kind, zh, en, address in rows
    )
