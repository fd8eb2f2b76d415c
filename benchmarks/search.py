"""How good the search's first ten results are: nDCG@10 over sixty judged queries, beside the catalogue's own
filter by pairs of characters and a plain ILIKE on titles and summaries in the same run.

Run: ``./yiwang bench search``
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import django
import yaml

django.setup()

from benchmarks.table import table  # noqa: E402
from django.db.models import Q  # noqa: E402

from yiwang.identity.api import load_city  # noqa: E402
from yiwang.packs.api import apply_plan, load, make_plan  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import ROOT  # noqa: E402
from yiwang.portal.queries.catalogue import Wanted, browse  # noqa: E402
from yiwang.portal.search.api import PUBLIC, find  # noqa: E402
from yiwang.portal.search.indexing import index_changes  # noqa: E402
from yiwang.portal.search.models import Indexed  # noqa: E402

PACKS = ["service_catalogue", "investment_approval", "company_start", "resident_certificate"]
APPLIED = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
JUDGED = ROOT / "benchmarks" / "judged" / "search.yaml"
BEST = 10
Engine = Callable[[str], Sequence[str]]


def gain(grades: Sequence[int]) -> float:
    """Discounted cumulative gain with 2^grade - 1, as at TREC's web track."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:BEST]))


def ndcg(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """1 where the ten best stand in the best order, 0 where nothing judged was found."""
    return gain([judged.get(key, 0) for key in found]) / gain(sorted(judged.values(), reverse=True))


def ours(query: str) -> list[str]:
    found = find(query, readers={PUBLIC}, today=APPLIED.date(), per_page=BEST)
    return [_key(row.kind, row.address.rstrip("/").rpartition("/")[2]) for row in found.rows]


def pairs(query: str) -> list[str]:
    return [item.code for item in browse(Wanted(text=query)).items[:BEST]]


def plain(query: str) -> list[str]:
    holds = Q()
    for column in ("title_zh", "title_en", "summary_zh", "summary_en"):
        holds |= Q(**{f"{column}__icontains": query})
    return [_key(row.kind, row.key) for row in Indexed.objects.filter(holds).order_by("id")[:BEST]]


def _key(kind: str, key: str) -> str:
    return key if kind == "service" else f"{kind}:{key}"


def main() -> None:
    load_city(ROOT / "cities" / "guangzhou")
    loaded = load(ROOT / "packs", PACKS).or_refuse()
    apply_plan(actor=Actor.system("bench"), at=APPLIED, loaded=loaded, plan=make_plan(loaded))
    started = time.perf_counter()
    indexed = index_changes(APPLIED)
    print(f"{indexed} documents indexed in {time.perf_counter() - started:.1f} s\n")
    queries = yaml.safe_load(JUDGED.read_text())
    engines: dict[str, Engine] = {"ours": ours, "pairs of the catalogue": pairs, "ILIKE": plain}
    rows, worst = [], []
    for name, engine in engines.items():
        scores, times = [], []
        for judged in queries:
            started = time.perf_counter()
            found = engine(judged["q"])
            times.append((time.perf_counter() - started) * 1000)
            scores.append(ndcg(found, judged["is"]))
            if name == "ours" and scores[-1] < 0.9:
                worst.append(f"{judged['q']} {scores[-1]:.2f}")
        first = sum(score > 0 for score in scores)
        rows.append(
            (
                name,
                f"{statistics.mean(scores):.3f}",
                f"{first} of {len(scores)}",
                f"{statistics.median(times):.1f}",
            )
        )
    table(("search", "nDCG@10", "something judged", "median ms"), rows)
    print("\nbelow 0.9:", "; ".join(worst) or "none")


if __name__ == "__main__":
    main()
