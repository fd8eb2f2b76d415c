"""The search under load: eight clients over HTTP, 200,000 documents, beside a bare SELECT and pg_trgm."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from benchmarks.documents import ARTICLES, Articles
from benchmarks.http_load import Load, get, run
from benchmarks.http_server import granian, serving
from benchmarks.progress import told
from benchmarks.table import table
from django.db import connection

from yiwang.platform.environment import environment
from yiwang.portal.search.api import SOURCES
from yiwang.portal.search.indexing import index_changes

CLIENTS = 8
_WORKERS, _THREADS = 2, 4
#: Beside the judged queries: words of tens of thousands of texts, alone and together, and mistyped ones.
_COMMON = ("通知", "办理", "居住证 办理", "企业 登记 材料", "公积金", "全市 居民 服务", "关于 实施 意见")
_MISTYPED = ("句住证", "营业职照", "公基金", "jvzhuzheng", "施工许可怔")


def fill(how_many: int, at: datetime) -> None:
    """Index so many articles the way the worker does, and give the peer its own table."""
    told(f"Indexing {how_many:,} documents")
    SOURCES.register(ARTICLES, Articles(how_many))
    begun = time.perf_counter()
    index_changes(at)
    seconds = time.perf_counter() - begun
    print(f"{how_many:,} documents indexed in {seconds:.0f} s, {how_many / seconds:,.0f} a second")
    told("Giving pg_trgm its table")
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            "CREATE TABLE bench_plain AS SELECT id, kind, title_zh, title_en, summary_zh, address, dated, "
            "title_zh || ' ' || title_en || ' ' || summary_zh AS said FROM search_indexed"
        )
        cursor.execute("CREATE INDEX ON bench_plain USING gin (said gin_trgm_ops)")
        cursor.execute("VACUUM ANALYZE")


def measure(judged: Sequence[str], each: int) -> None:
    """Print what eight clients saw who asked so many times each."""
    queries = [*judged, *_COMMON, *_MISTYPED]
    logs = environment().var / "log"
    logs.mkdir(parents=True, exist_ok=True)
    rows: list[tuple[str, ...]] = []
    connection.close()
    for name, application, address_of, asked in (
        ("floor: ten rows by number", "benchmarks.bare_search", "/ten/?q={}", queries),
        ("ours, all queries", "benchmarks.search_server", "/search/?q={}", queries),
        ("ours, words of many texts", "benchmarks.search_server", "/search/?q={}", _COMMON),
        ("ours, mistyped", "benchmarks.search_server", "/search/?q={}", _MISTYPED),
        ("ours, suggestions", "benchmarks.search_server", "/search/suggest/?q={}", queries),
        ("peer: pg_trgm", "benchmarks.bare_search", "/like/?q={}", queries),
        ("floor, again", "benchmarks.bare_search", "/ten/?q={}", queries),
    ):
        told(f"Measuring {name}")
        words = granian(f"{application}:application", workers=_WORKERS, threads=_THREADS)
        with serving(words, log=logs / "bench_search.log") as address:
            run(address, _shares(address_of, asked, 10))
            rows.append(_row(name, run(address, _shares(address_of, asked, each))))
    table(("eight clients over HTTP", "a second", "p50 ms", "p95 ms", "p99 ms", "not 200"), rows)


def _shares(address_of: str, queries: Sequence[str], each: int) -> list[list[bytes]]:
    draw = random.Random(each)
    return [
        [get(address_of.format(quote(draw.choice(queries)))) for _ in range(each)] for _ in range(CLIENTS)
    ]


def _row(name: str, load: Load) -> tuple[str, ...]:
    wrong = sum(count for status, count in load.statuses.items() if status != 200)
    return (
        name,
        f"{load.rate:,.0f}",
        f"{load.middle:.1f}",
        f"{load.at(0.95):.1f}",
        f"{load.at(0.99):.1f}",
        str(wrong),
    )
