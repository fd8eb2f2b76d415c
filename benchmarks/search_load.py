"""The search under load: eight clients over HTTP, 200,000 documents, beside a bare SELECT and pg_trgm.

A tenth of the documents is indexed as the worker does it; the others are copies with other keys and dates,
made in the database, so that words are as common as they would be."""

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

#: Made again after the copying: one row at a time they'd take longer than everything else.
_GIN = ["search_words", "search_title_words"]
_COLUMNS = (
    "kind, title_zh, title_en, folded, summary_zh, summary_en, address, readers, organisation, weight, "
    "digest, title_words, words, indexed_at"
)
_COPY = (
    f"INSERT INTO search_indexed (key, dated, {_COLUMNS}) "
    f"SELECT key || '-' || time, dated - 7 * time, {_COLUMNS} "
    "FROM search_indexed, generate_series(1, %(times)s) AS time WHERE kind = %(kind)s"
)
_BEGINNINGS = (
    "INSERT INTO search_beginning (document_id, letters) "
    "SELECT copied.id, letters FROM search_indexed AS copied "
    "JOIN search_indexed AS one ON one.kind = copied.kind AND one.key = split_part(copied.key, '-', 1) "
    "JOIN search_beginning ON document_id = one.id WHERE copied.key LIKE '%-%' AND one.id <> copied.id",
)
_PLAIN = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE TABLE bench_plain AS SELECT id, kind, title_zh, title_en, summary_zh, address, dated, "
    "title_zh || ' ' || title_en || ' ' || summary_zh AS said FROM search_indexed",
    "CREATE INDEX ON bench_plain USING gin (said gin_trgm_ops)",
)
CLIENTS = 8
_WORKERS, _THREADS = 2, 4
#: Beside the judged queries: words of tens of thousands of texts, alone and together, and mistyped ones.
_COMMON = ("通知", "办理", "居住证 办理", "企业 登记 材料", "公积金", "全市 居民 服务", "关于 实施 意见")
_MISTYPED = ("句住证", "营业职照", "公基金", "jvzhuzheng", "施工许可怔")


def fill(how_many: int, at: datetime) -> None:
    """Index a tenth the way the worker does, copy it in the database, and give the peer its own table."""
    first = how_many // 10
    told(f"Indexing {first:,} documents")
    SOURCES.register(ARTICLES, Articles(first))
    begun, spent = time.perf_counter(), time.process_time()
    index_changes(at)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - spent
    print(
        f"{first:,} documents indexed in {seconds:.0f} s, {first / seconds:,.0f} a second; "
        f"{1000 * cpu / first:.2f} ms of the worker's processor each\n"
    )
    told("Copying them, and giving pg_trgm its table")
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [_GIN])
        anew = [definition for (definition,) in cursor.fetchall()]
        cursor.execute(f"DROP INDEX {', '.join(_GIN)}")
        cursor.execute(_COPY, {"kind": ARTICLES, "times": how_many // first - 1})
        for statement in (*_BEGINNINGS, *anew, *_PLAIN):
            cursor.execute(statement)
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
