"""Documents that hold what is asked, as the index gives them.

However common the words, a search looks at ``MOST`` documents that can be used and are named so, as many
others that are named so, whichever the index gives first. Documents that only say so come after those, and
are looked for where there are fewer: 公积金 stands in a quarter of all texts, and reading where took most of
the time. It stops after ``MILLISECONDS``; what is beyond is told as "at least".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import LiteralString

from yiwang.platform import sql
from yiwang.portal.search.contracts import SOURCES, KindOfResult
from yiwang.portal.search.rules.ranking import Hit

MOST = 150
MILLISECONDS = 1500

#: Weights of places: text, summary, keywords, title. Rank 32 maps to 0..1.
_HITS: LiteralString = """
WITH usable AS MATERIALIZED (
  SELECT id FROM search_indexed
  WHERE title_words @@ %(query)s::tsquery AND readers && %(readers)s::varchar[] AND kind = ANY(%(usable)s)
    AND (%(organisation)s = '' OR organisation = %(organisation)s)
    AND (%(since)s::date IS NULL OR dated >= %(since)s::date)
  LIMIT %(most)s
), named AS MATERIALIZED (
  SELECT id FROM search_indexed
  WHERE title_words @@ %(query)s::tsquery AND readers && %(readers)s::varchar[] AND kind = ANY(%(kinds)s)
    AND (%(organisation)s = '' OR organisation = %(organisation)s)
    AND (%(since)s::date IS NULL OR dated >= %(since)s::date)
  LIMIT %(most)s
), titled AS (
  SELECT id FROM usable UNION SELECT id FROM named
), said AS MATERIALIZED (
  SELECT id FROM search_indexed
  WHERE (SELECT count(*) FROM titled) < %(most)s
    AND words @@ %(query)s::tsquery AND readers && %(readers)s::varchar[] AND kind = ANY(%(kinds)s)
    AND (%(organisation)s = '' OR organisation = %(organisation)s)
    AND (%(since)s::date IS NULL OR dated >= %(since)s::date)
  LIMIT %(most)s
)
SELECT found.id, found.kind, ts_rank('{0.05, 0.2, 0.5, 1.0}', found.words, %(query)s::tsquery, 32),
  found.weight, titled.id IS NOT NULL, %(text)s = ANY(found.folded), found.dated,
  found.organisation
FROM (SELECT id FROM titled UNION SELECT id FROM said) AS ids
JOIN search_indexed AS found ON found.id = ids.id
LEFT JOIN titled ON titled.id = ids.id
"""
#: PostgreSQL takes a phrase for as common as its words, and would rather read the whole table than look for
#: it: 140,000 rows for 300 with 失业金. Through the index the commonest word costs its postings, some ms.
BY_INDEX: LiteralString = "SELECT set_config('enable_seqscan', 'off', true)"


def codes_of_kinds() -> list[str]:
    """Kinds that there are sources of, in the order of the facets."""
    return [code for code, _ in sorted(SOURCES, key=lambda pair: (pair[1].kind.order, pair[0]))]


def hits_of(
    query: str,
    text: str,
    readers: Collection[str],
    *,
    kind: str = "",
    organisation: str = "",
    since: date | None = None,
) -> list[Hit]:
    """Give what is found, in no order.

    Args:
        query: a tsquery literal.
        text: what was typed, folded, to tell a title that is just that.

    Raises:
        TimeLimitReached: it took too long.
    """
    params = {
        "query": query,
        "text": text,
        "readers": list(readers),
        "kinds": [kind] if kind else codes_of_kinds(),
        "usable": [code for code, source in SOURCES if source.kind.usable and kind in {"", code}],
        "organisation": organisation,
        "since": since,
        "most": MOST,
    }
    _, rows = sql.fetch_within(MILLISECONDS, [(BY_INDEX, ()), (_HITS, params)])
    kinds = {code: source.kind for code, source in SOURCES}
    return [_hit(row, kinds) for row in rows]


def _hit(row: tuple[object, ...], kinds: Mapping[str, KindOfResult]) -> Hit:
    number, code, relevance, weight, titled, exact, dated, organisation = row
    assert isinstance(number, int)  # noqa: S101 - as the columns are
    assert isinstance(relevance, float)  # noqa: S101
    assert isinstance(weight, float)  # noqa: S101
    kind = kinds[str(code)]
    return Hit(
        id=number,
        kind=str(code),
        organisation=str(organisation),
        relevance=relevance,
        weight=weight * kind.weight,
        usable=kind.usable,
        titled=bool(titled),
        exact=bool(exact),
        dated=dated if isinstance(dated, date) else None,
    )
