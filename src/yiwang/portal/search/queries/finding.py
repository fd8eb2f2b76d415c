"""Find documents that a reader may find, best first; suggest titles while one types.

However common the words, a search looks at ``_MOST`` documents that can be used and are named so, as many
others that are named so, and as many that say so, whichever the index gives first, and stops after
``_MILLISECONDS``: what is beyond is told as "at least".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import LiteralString

from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.contracts import TimeLimitReached
from yiwang.portal.search.contracts import SOURCES, Found, Results, Suggestion
from yiwang.portal.search.models import Indexed
from yiwang.portal.search.rules.asking import Asked, query_of, understood
from yiwang.portal.search.rules.ranking import Hit, ordered
from yiwang.portal.search.rules.words import folded
from yiwang.portal.search.vocabularies import vocabulary

_MOST = 300
_MILLISECONDS = 1500
#: With fewer that hold all words, what holds some follows.
_ENOUGH = 5
_MOST_SUGGESTED = 8
_SHORTEST_LATIN = 2
#: After whatever begins with some letters.
_LAST_SIGN = "\U0010ffff"

#: Weights of places: text, summary, keywords, title. Rank 32 maps to 0..1.
_HITS: LiteralString = """
WITH usable AS MATERIALIZED (
  SELECT id FROM search_indexed
  WHERE title_words @@ %(query)s::tsquery AND readers && %(readers)s::varchar[] AND kind = ANY(%(usable)s)
  LIMIT %(most)s
), named AS MATERIALIZED (
  SELECT id FROM search_indexed
  WHERE title_words @@ %(query)s::tsquery AND readers && %(readers)s::varchar[] AND kind = ANY(%(kinds)s)
  LIMIT %(most)s
), titled AS (
  SELECT id FROM usable UNION SELECT id FROM named
), said AS MATERIALIZED (
  SELECT id FROM search_indexed
  WHERE words @@ %(query)s::tsquery AND readers && %(readers)s::varchar[] AND kind = ANY(%(kinds)s)
  LIMIT %(most)s
)
SELECT found.id, found.kind, ts_rank('{0.05, 0.2, 0.5, 1.0}', found.words, %(query)s::tsquery, 32),
  found.weight, titled.id IS NOT NULL, %(text)s = ANY(found.folded), found.dated
FROM (SELECT id FROM titled UNION SELECT id FROM said) AS ids
JOIN search_indexed AS found ON found.id = ids.id
LEFT JOIN titled ON titled.id = ids.id
"""
#: A kept plan doesn't know how common the words are, and reads every posting of a common one.
_BY_ITS_WORDS: LiteralString = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)"
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


def find(
    query: str,
    *,
    readers: Collection[str],
    today: date,
    kind: str = "",
    page: int = 1,
    per_page: int = 10,
) -> Results:
    """Find what a query asks for; with nothing to ask for, nothing is found.

    Args:
        query: as typed; only its first 100 characters count.
        readers: what the reader is, e.g. ``{"public", "signed_in"}``.
        kind: a source's code; empty for all.
        page: from 1; beyond the last page the last one is given.
    """
    asked = understood(query, vocabulary())
    if not asked:
        return Results()
    try:
        whole = _hits(asked, query_of(asked), readers)
        hits = whole
        if len(whole) < _ENOUGH and len(asked.groups) > 1:
            known = {hit.id for hit in whole}
            some = _hits(asked, query_of(asked, how="any"), readers)
            hits = whole + [replace(hit, partial=True) for hit in some if hit.id not in known]
    except TimeLimitReached:
        return Results(late=True)
    counts = Counter(hit.kind for hit in hits)
    best = ordered([hit for hit in hits if kind in {"", hit.kind}], today=today)
    last = max(0, len(best) - 1) // per_page
    start = min(max(0, page - 1), last) * per_page
    return Results(
        rows=_rows(best[start : start + per_page]),
        total=len(best),
        by_kind=tuple((code, counts[code]) for code in _kinds() if counts[code] or code == kind),
        bounded=len(hits) >= _MOST,
        loose=bool(hits) and not whole,
        marks=tuple(dict.fromkeys(saying for group in asked.groups for saying in group)),
    )


def _kinds() -> list[str]:
    """Kinds that there are sources of, in the order of the facets."""
    return [code for code, _ in sorted(SOURCES, key=lambda pair: (pair[1].kind.order, pair[0]))]


def _hits(asked: Asked, query: str, readers: Collection[str]) -> list[Hit]:
    params = {
        "query": query,
        "text": asked.text,
        "readers": list(readers),
        "kinds": _kinds(),
        "usable": [code for code, source in SOURCES if source.kind.usable],
        "most": _MOST,
    }
    _, rows = sql.fetch_within(_MILLISECONDS, [(_BY_ITS_WORDS, ()), (_HITS, params)])
    return [_hit(row) for row in rows]


def _hit(row: tuple[object, ...]) -> Hit:
    number, code, relevance, weight, titled, exact, dated = row
    kind = SOURCES.get(str(code)).kind
    return Hit(
        id=int(str(number)),
        kind=str(code),
        relevance=float(str(relevance)),
        weight=float(str(weight)) * kind.weight,
        usable=kind.usable,
        titled=bool(titled),
        exact=bool(exact),
        dated=dated if isinstance(dated, date) else None,
    )


def _rows(hits: Sequence[Hit]) -> tuple[Found, ...]:
    by_id = Indexed.objects.defer("words", "title_words").in_bulk([hit.id for hit in hits])
    return tuple(
        Found(
            kind=row.kind,
            title=Text(row.title_zh, row.title_en),
            summary=Text(row.summary_zh, row.summary_en),
            address=row.address,
            dated=row.dated,
            partial=hit.partial,
        )
        for hit, row in ((hit, by_id[hit.id]) for hit in hits if hit.id in by_id)
    )


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
        "kinds": _kinds(),
        "weights": sql.json_text({code: source.kind.weight for code, source in SOURCES}),
        "most": _MOST_SUGGESTED,
    }
    try:
        [rows] = sql.fetch_within(_MILLISECONDS, [(_SUGGESTED, params)])
    except TimeLimitReached:
        return ()
    return tuple(
        Suggestion(kind=str(kind), title=Text(str(zh), str(en)), address=str(address))
        for kind, zh, en, address in rows
    )
