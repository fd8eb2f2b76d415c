"""How good the search's first ten results are, and how fast they come.

nDCG@10 over judged queries, those that the search was tuned on and those held out, beside the catalogue's own
filter by pairs of characters, PostgreSQL's plain ``simple`` text search, and ILIKE. Then 200,000 documents
more and eight clients over HTTP, beside a bare SELECT on the same table and pg_trgm in the same run.

Run: ``./yiwang bench search``, with ``--tiny`` (2,000 documents). ``--fill`` and ``--load`` do the two halves
alone, in a database that stays.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import django
import yaml

django.setup()

from benchmarks.search_load import fill, measure  # noqa: E402
from benchmarks.table import table  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Q  # noqa: E402

from yiwang.identity.api import load_city  # noqa: E402
from yiwang.packs.api import apply_plan, load, make_plan  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import ROOT  # noqa: E402
from yiwang.portal.openness.api import load_catalogue, read_catalogue  # noqa: E402
from yiwang.portal.queries.catalogue import Wanted, browse  # noqa: E402
from yiwang.portal.search.api import PUBLIC, find  # noqa: E402
from yiwang.portal.search.indexing import index_changes  # noqa: E402
from yiwang.portal.search.models import Indexed  # noqa: E402
from yiwang.portal.sites.api import load_group, read_sites  # noqa: E402

PACKS = ["service_catalogue", "investment_approval", "company_start", "resident_certificate"]
APPLIED = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
JUDGED = ROOT / "benchmarks" / "judged"
TUNED_ON, HELD_OUT = JUDGED / "search_tuned_on.yaml", JUDGED / "search_held_out.yaml"
BEST = 10
CITY = ROOT / "cities" / "guangzhou"
Engine = Callable[[str], Sequence[str]]


def gain(grades: Sequence[int]) -> float:
    """Discounted cumulative gain with 2^grade - 1, as at TREC's web track."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:BEST]))


def ndcg(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """1 where the ten best stand in the best order, 0 where nothing judged was found."""
    return gain([judged.get(key, 0) for key in found]) / gain(sorted(judged.values(), reverse=True))


def ours(query: str) -> list[str]:
    found = find(query, readers={PUBLIC}, today=APPLIED.date(), per_page=BEST)
    return [_found_as(row.kind, row.address) for row in found.rows]


def pairs(query: str) -> list[str]:
    return [item.code for item in browse(Wanted(text=query)).items[:BEST]]


def simple(query: str) -> list[str]:
    """PostgreSQL's own text search without a dictionary, over the same titles and summaries."""
    told = " || ' ' || ".join(("title_zh", "title_en", "summary_zh", "summary_en"))
    statement = (
        f"SELECT kind, address FROM (SELECT *, to_tsvector('simple', {told}) AS said FROM search_indexed) x, "
        "plainto_tsquery('simple', %s) AS query WHERE said @@ query ORDER BY ts_rank(said, query) DESC, id "
        "LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [query, BEST])
        return [_found_as(kind, address) for kind, address in cursor.fetchall()]


def plain(query: str) -> list[str]:
    holds = Q()
    for column in ("title_zh", "title_en", "summary_zh", "summary_en"):
        holds |= Q(**{f"{column}__icontains": query})
    return [_found_as(row.kind, row.address) for row in Indexed.objects.filter(holds).order_by("id")[:BEST]]


def _found_as(kind: str, address: str) -> str:
    """How the files of judgements name it."""
    if kind == "page":
        return f"page:{address.removeprefix('/sites/').strip('/')}"
    key = address.rstrip("/").rpartition("/")[2]
    return key if kind == "service" else f"{kind}:{key}"


def judge(engine: Engine, queries: Sequence[Mapping[str, Any]]) -> tuple[list[float], list[float]]:
    """The nDCG@10 and the milliseconds of each query."""
    scores, times = [], []
    for judged in queries:
        started = time.perf_counter()
        found = engine(judged["q"])
        times.append((time.perf_counter() - started) * 1000)
        scores.append(ndcg(found, judged["is"]))
    return scores, times


def prepare() -> None:
    """A city with its services, sites and notices, indexed."""
    load_city(CITY)
    loaded = load(ROOT / "packs", PACKS).or_refuse()
    apply_plan(actor=Actor.system("bench"), at=APPLIED, loaded=loaded, plan=make_plan(loaded))
    load_group(
        actor=Actor.system("bench"), at=APPLIED, sites=read_sites(CITY), files=CITY / "sites" / "files"
    )
    policies = read_catalogue(CITY)
    assert policies is not None
    load_catalogue(actor=Actor.system("bench"), at=APPLIED, catalogue=policies)
    started = time.perf_counter()
    indexed = index_changes(APPLIED)
    print(f"{indexed} documents indexed in {time.perf_counter() - started:.1f} s\n")


def compare() -> None:
    """Print how good the first ten are."""
    engines: dict[str, Engine] = {
        "ours": ours,
        "pairs of the catalogue": pairs,
        "PostgreSQL 'simple'": simple,
        "ILIKE": plain,
    }
    for heading, path in (("sixty tuned on", TUNED_ON), ("thirty held out", HELD_OUT)):
        queries = yaml.safe_load(path.read_text())
        rows, worst = [], []
        for name, engine in engines.items():
            scores, times = judge(engine, queries)
            if name == "ours":
                worst = [
                    f"{one['q']} {score:.2f}"
                    for one, score in zip(queries, scores, strict=True)
                    if score < 0.9
                ]
            some = f"{sum(score > 0 for score in scores)} of {len(scores)}"
            rows.append((name, f"{statistics.mean(scores):.3f}", some, f"{statistics.median(times):.1f}"))
        table((heading, "nDCG@10", "something judged", "median ms"), rows)
        print("\nbelow 0.9:", "; ".join(worst) or "none", "\n")


def main(arguments: list[str]) -> None:
    tiny = "--tiny" in arguments
    if "--load" not in arguments:
        prepare()
        compare()
        fill(2_000 if tiny else 200_000, APPLIED)
    if "--fill" not in arguments:
        queries = [
            judged["q"] for path in (TUNED_ON, HELD_OUT) for judged in yaml.safe_load(path.read_text())
        ]
        measure(queries, each=20 if tiny else 250)


if __name__ == "__main__":
    main(sys.argv[1:])
