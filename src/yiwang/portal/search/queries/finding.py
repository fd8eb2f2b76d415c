"""Find documents that a reader may find, best first, with how many there are of each facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from yiwang.kernel.text import Text
from yiwang.platform.contracts import TimeLimitReached
from yiwang.portal.search.contracts import DAYS, Found, Narrowed, Results
from yiwang.portal.search.models import Indexed
from yiwang.portal.search.queries.correcting import meant_by
from yiwang.portal.search.queries.hits import MOST, codes_of_kinds, hits_of
from yiwang.portal.search.rules.asking import Asked, query_of, understood
from yiwang.portal.search.rules.narrowing import sort_out
from yiwang.portal.search.rules.ranking import Hit, ordered
from yiwang.portal.search.vocabularies import vocabulary

#: With fewer that hold all words, what holds some follows.
_ENOUGH = 5
_EVERYTHING = Narrowed()
_MOST_ORGANISATIONS = 12


def find(
    query: str,
    *,
    readers: Collection[str],
    today: date,
    narrowed: Narrowed = _EVERYTHING,
    page: int = 1,
    per_page: int = 10,
) -> Results:
    """Find what a query asks for; with nothing to ask for, nothing is found.

    Args:
        query: as typed; only its first 100 characters count.
        readers: what the reader is, e.g. ``{"public", "signed_in"}``.
        page: from 1; beyond the last page the last one is given.
    """
    asked = understood(query, vocabulary())
    if not asked:
        return Results()
    try:
        hits = _all_and_some(asked, readers, _EVERYTHING, today)
        sorted_out = sort_out(hits, narrowed, today=today)
        wanted = sorted_out.chosen
        if narrowed and len(hits) >= MOST:
            # of a common word the index gave only some; of the narrowed ones there may be more
            wanted = _all_and_some(asked, readers, narrowed, today)
        loose = all(hit.partial for hit in hits)
        meant = meant_by(asked, readers) if loose else ""
    except TimeLimitReached:
        return Results(late=True)
    best = ordered(wanted, today=today)
    last = max(0, len(best) - 1) // per_page
    start = min(max(0, page - 1), last) * per_page
    return Results(
        rows=_rows(best[start : start + per_page]),
        total=len(best),
        by_kind=tuple(
            (code, sorted_out.kinds[code])
            for code in codes_of_kinds()
            if sorted_out.kinds[code] or code == narrowed.kind
        ),
        by_organisation=_most(sorted_out.organisations, narrowed.organisation),
        by_days=tuple((days, sorted_out.days[days]) for days in DAYS),
        bounded=len(hits) >= MOST,
        loose=bool(hits) and loose,
        meant=meant,
        marks=tuple(dict.fromkeys(saying for group in asked.groups for saying in group)),
    )


def _all_and_some(asked: Asked, readers: Collection[str], narrowed: Narrowed, today: date) -> list[Hit]:
    """What holds all words; where that is little, also what holds some."""
    since = today - timedelta(days=narrowed.days) if narrowed.days else None

    def held(query: str) -> list[Hit]:
        return hits_of(
            query, asked.text, readers, kind=narrowed.kind, organisation=narrowed.organisation, since=since
        )

    whole = held(query_of(asked))
    if len(whole) >= _ENOUGH or len(asked.groups) < 2:
        return whole
    known = {hit.id for hit in whole}
    some = held(query_of(asked, how="any"))
    return whole + [replace(hit, partial=True) for hit in some if hit.id not in known]


def _most(counts: Counter[str], chosen: str) -> tuple[tuple[str, int], ...]:
    """The organisations with the most results, the chosen one first."""
    if chosen:
        counts.setdefault(chosen, 0)
    most = sorted(counts.items(), key=lambda pair: (pair[0] != chosen, -pair[1], pair[0]))
    return tuple(most[:_MOST_ORGANISATIONS])


def _rows(hits: Sequence[Hit]) -> tuple[Found, ...]:
    by_id = Indexed.objects.defer("words", "title_words").in_bulk([hit.id for hit in hits])
    return tuple(
        Found(
            kind=row.kind,
            title=Text(row.title_zh, row.title_en),
            summary=Text(row.summary_zh, row.summary_en),
            address=row.address,
            organisation=row.organisation,
            dated=row.dated,
            partial=hit.partial,
        )
        for hit, row in ((hit, by_id[hit.id]) for hit in hits if hit.id in by_id)
    )
