"""Public pages of the group of sites over HTTP: 32 clients, the server and the database on one machine.

120 sites with 50,000 articles. The peer is a plain Wagtail as ``wagtail start`` makes it, with pages of the
same content and size on the same PostgreSQL, the same server and as many workers; the floor is nginx that
gives the same bytes from files. The generator of the load takes its part of the cores; its cost stands
beside.

Run: ``./yiwang bench portal``, or with ``--tiny``: 6 sites with 360 articles.
"""

from __future__ import annotations

import logging
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from benchmarks.group_of_sites import TITLES, UNDER_CHANNEL, UNDER_HOME, Written, articles, columns, sites  # noqa: E402
from benchmarks.http_load import Load, get, run  # noqa: E402 - Django first
from benchmarks.http_server import Address, free_port, granian, serving  # noqa: E402
from benchmarks.nginx import nginx_command  # noqa: E402
from benchmarks.paint import painted  # noqa: E402
from benchmarks.progress import told  # noqa: E402
from benchmarks.table import table  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from psycopg import sql  # noqa: E402

from yiwang.identity.api import load_city  # noqa: E402
from yiwang.identity.testing import an_officer  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import ROOT, environment  # noqa: E402
from yiwang.platform.web.page_files import NOT_SENT  # noqa: E402
from yiwang.portal.search.indexing import index_changes  # noqa: E402
from yiwang.portal.sites import api  # noqa: E402
from yiwang.portal.sites.contracts import Content  # noqa: E402
from yiwang.portal.sites.definitions import SiteDefinition  # noqa: E402
from yiwang.portal.sites.rules.bodies import Part  # noqa: E402
from yiwang.portal.sites.testing import a_draft  # noqa: E402

_AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
_BENCH = Actor.system("bench")
_CLIENTS, _WORKERS, _THREADS = 32, 2, 4
_PEER = "yiwang_bench_wagtail"
_ORGANISATION = "general_office"


@dataclass(frozen=True)
class Size:
    """How many sites, articles in each of their five columns, requests of each client, and rounds."""

    sites: int
    in_column: int
    requests: int
    rounds: int


@dataclass(frozen=True)
class Asked:
    """What is asked for: the kind, and addresses within a site's part of the store."""

    kind: str
    places: list[str]


def main(arguments: list[str]) -> None:
    logging.disable(logging.INFO)
    tiny = "--tiny" in arguments
    size = Size(6, 12, 20, 1) if tiny else Size(120, 84, 300, 3)
    own: list[Sequence[str]] = list(prepare(size))
    asked = what_to_ask(size)
    with TemporaryDirectory() as folder, peer_store(size):
        logs = environment().var / "log"
        logs.mkdir(parents=True, exist_ok=True)
        found = measure(asked, size, Path(folder), logs)
        own += publication(logs, rounds=1 if tiny else 10)
        own += paint(logs)
    table(("32 clients", "page", "a second", "p50 ms", "p99 ms", "bytes", "client CPU µs"), found)
    table(("besides", "figure"), own)


def prepare(size: Size) -> list[Sequence[str]]:
    """The group with its articles; what that took."""
    load_city(ROOT / "cities" / "guangzhou")
    begun = time.perf_counter()
    codes, wanted = sites(size.sites), columns()
    api.load_group(actor=_BENCH, at=_AT, sites=[definition(code, at) for at, code in enumerate(codes)])
    for at, code in enumerate(codes):
        told(f"Loading site {at + 1} of {len(codes)}")
        for column in wanted:
            api.load_articles(
                actor=_BENCH, at=_AT, site=code, column=api.find_page(code, column).link.id,
                articles=map(new_article, articles(code, column, size.in_column)),
                progress=lambda so_far: None,
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    loaded = time.perf_counter() - begun
    told("Reading all pages into the search")
    begun = time.perf_counter()
    indexed = index_changes(_AT)
    number = size.sites * size.in_column * len(wanted)
    return [
        (f"seconds to load {number:,} articles on {size.sites} sites", f"{loaded:.1f}"),
        (f"seconds to read {indexed:,} documents into the search", f"{time.perf_counter() - begun:.1f}"),
    ]


def definition(code: str, at: int) -> SiteDefinition:
    """A site with its channel and columns."""

    def column(name: str) -> dict[str, object]:
        english = {"title": name.title()}
        return {"address": name, "kind": "column", "title": TITLES[name], "menu": True, "english": english}

    pages = [column(name) | {"flow": "down" if at == 0 else "up"} for name in UNDER_HOME]
    channel = {"address": "open", "kind": "channel", "title": "政务公开", "english": {"title": "Open"}}
    return SiteDefinition.model_validate(
        {
            "code": code,
            "kind": "main" if at == 0 else "department",
            "order": at + 1,
            "title": {"zh": f"{code}网站", "en": f"Site {code}"},
            "lead": {"zh": "简介", "en": "About"},
            "organisation": _ORGANISATION,
            "identifier": f"44010{at:05}",
            "checks": {"default": {"reviews": 0, "proofs": 0}},
            "phone": "020-00000000",
            "pages": [*pages, channel | {"pages": [column(name) for name in UNDER_CHANNEL]}],
        }
    )


def new_article(one: Written) -> api.NewArticle:
    """An article as the loader takes it."""
    body = tuple(Part(kind="paragraph", text=text) for text in one.paragraphs)
    content = Content(title=one.title, day=one.day, body=body)
    return api.NewArticle(address=one.address, content=content)


def what_to_ask(size: Size) -> list[Asked]:
    """Homes and channels of all sites, articles anywhere."""
    codes, rng = sites(size.sites), random.Random(4)
    anywhere = [
        f"{rng.choice(codes)}/{rng.choice(columns())}/a{rng.randrange(size.in_column):05}/"
        for _ in range(2_000)
    ]
    return [
        Asked("home", [f"{code}/" for code in codes]),
        Asked("channel", [f"{code}/open/" for code in codes]),
        Asked("article", anywhere),
    ]


@contextmanager
def peer_store(size: Size) -> Iterator[None]:
    """The peer's own database, filled; gone afterwards."""
    told("Filling the plain Wagtail")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_PEER))
    with connection.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_PEER)))
    os.environ["PLAIN_WAGTAIL_URL"] = os.environ["YIWANG_DATABASE_URL"].replace(
        "/yiwang_bench?", f"/{_PEER}?"
    )
    words = [sys.executable, "-m", "benchmarks.plain_wagtail.fill", str(size.sites), str(size.in_column)]
    try:
        subprocess.run(words, check=True, env=os.environ, cwd=ROOT)
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(drop)


def measure(asked: Sequence[Asked], size: Size, folder: Path, logs: Path) -> list[Sequence[str]]:
    """Ours, the peer and the floor in turn, as many rounds as wanted; the median of each and the ratios."""
    found: dict[tuple[str, str], list[Load]] = {}
    pages: dict[str, bytes] = {}
    ours = granian("yiwang.server.wsgi:application", workers=_WORKERS, threads=_THREADS)
    theirs = granian("benchmarks.plain_wagtail.wsgi:application", workers=_WORKERS, threads=_THREADS)
    port = free_port()
    for turn in range(size.rounds):
        told(f"Round {turn + 1}: Yiwang")
        with serving(ours, log=logs / "bench_portal.log") as address:
            for one in asked:
                paths = [f"/sites/{place}" for place in one.places]
                found.setdefault(("Yiwang, first time", one.kind), []).append(first(address, paths))
                warm(address, paths, times=7)
                pages |= {path: body_of(address, path) for path in paths} if not turn else {}
                found.setdefault(("Yiwang", one.kind), []).append(load(address, paths, size.requests))
        floor = nginx_command(folder / "nginx", pages, port)
        if floor is not None:
            told(f"Round {turn + 1}: nginx")
            with serving(floor, log=logs / "bench_nginx.log", port=port) as address:
                for one in asked:
                    paths = [f"/sites/{place}" for place in one.places]
                    found.setdefault(("nginx", one.kind), []).append(load(address, paths, size.requests))
        told(f"Round {turn + 1}: plain Wagtail")
        with serving(theirs, log=logs / "bench_wagtail.log") as address:
            for one in asked:
                paths = [f"/{place}" for place in one.places]
                warm(address, paths[:40], times=1)
                share = max(4, size.requests // 15)
                found.setdefault(("plain Wagtail", one.kind), []).append(load(address, paths, share))
    return rows_of(found)


def warm(address: Address, paths: Sequence[str], *, times: int) -> None:
    """Have every process meet every page: connections go to any of them."""
    shares = [[get(path) for path in paths[client::8]] for client in range(min(8, len(paths)))]
    for _ in range(times):
        run(address, shares)


def first(address: Address, paths: Sequence[str]) -> Load:
    """Each page once, so nearly all are made: what readers see right after a start."""
    return run(address, [[get(path) for path in paths[client::_CLIENTS]] for client in range(_CLIENTS)])


def body_of(address: Address, path: str) -> bytes:
    """What a page says."""
    return run(address, [[get(path)]]).last.partition(b"\r\n\r\n")[2]


def load(address: Address, paths: Sequence[str], requests: int) -> Load:
    """So many requests of each client for any of the pages."""
    return run(address, [[get(random.choice(paths)) for _ in range(requests)] for _ in range(_CLIENTS)])


def rows_of(found: dict[tuple[str, str], list[Load]]) -> list[Sequence[str]]:
    """The middle round of each, and under each kind how ours stands to the others."""
    middle = {key: sorted(loads, key=lambda load: load.rate)[len(loads) // 2] for key, loads in found.items()}
    rows: list[Sequence[str]] = []
    for (name, kind), one in middle.items():
        odd = {status: number for status, number in one.statuses.items() if status != 200}
        body = len(one.last.partition(b"\r\n\r\n")[2])
        said = f"{kind}; not 200: {odd}" if odd else kind
        cost = 1e6 * one.cpu / len(one.waits)
        figures = (f"{one.rate:,.0f}", f"{one.middle:.1f}", f"{one.at(0.99):.1f}", f"{body:,}", f"{cost:.0f}")
        rows.append((name, said, *figures))
    for other, aim in (("plain Wagtail", "at least 5"), ("nginx", "at least 0.3")):
        for kind in ("home", "channel", "article"):
            if (other, kind) in middle:
                ratio = middle["Yiwang", kind].rate / middle[other, kind].rate
                rows.append((f"times {other} (aim: {aim})", kind, f"{ratio:.2f}", "", "", "", ""))
    return rows


def publication(logs: Path, *, rounds: int) -> list[Sequence[str]]:
    """How long until every reader sees a publication, and until nobody sees a page that was withdrawn."""
    actor = an_officer(_ORGANISATION, roles={"editor", "publisher"})
    words = granian("yiwang.server.wsgi:application", workers=_WORKERS, threads=_THREADS)
    seen, gone = [], []
    with serving(words, log=logs / "bench_portal.log") as address:
        for turn in range(rounds):
            told(f"Publication {turn + 1}")
            body = (Part(kind="paragraph", text="内容。"),)
            content = Content(title=f"第{turn}次发布", day=_AT.date(), body=body)
            page, revision = a_draft(actor, _AT, "site001", address=f"new{turn}", content=content)
            place, title = f"/sites/site001/news/new{turn}/", content.title.encode()
            shown = (place, "/sites/site001/", "/sites/site001/news/")
            for path in shown * 4:
                status_and_body(address, path)
            api.publish_page(actor=actor, at=_AT, site="site001", page=page, revision=revision)
            seen.append(until(address, shown, title, there=True))
            api.withdraw_page(actor=actor, at=_AT, site="site001", page=page, words="bench")
            gone.append(until(address, shown, title, there=False))
    return [
        (
            "seconds until all readers see a publication, on page, list and home: worst (aim: 2)",
            f"{max(seen):.2f}",
        ),
        ("seconds until nobody sees a page that was withdrawn: worst (aim: 2)", f"{max(gone):.2f}"),
    ]


def paint(logs: Path) -> list[Sequence[str]]:
    """When the largest part of first pages and an article stands, on a slow line, with nothing kept."""
    told("Looking by a browser on a slow line")
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SENT)
    paths = ["/", "/sites/site000/", "/sites/site000/news/a00001/"]
    words = granian("yiwang.server.wsgi:application", workers=_WORKERS, threads=_THREADS)
    rows: list[Sequence[str]] = []
    with serving(words, log=logs / "bench_portal.log") as (host, port):
        for width in (1280, 375):
            for path, seen in painted(f"http://{host}:{port}", paths, width=width).items():
                figure = f"{seen.milliseconds:.0f} ms, shift {seen.shift}, {seen.weight / 1000:.1f} KB"
                rows.append((f"largest paint at {width} px of {path} (aim: 1,500 ms, 0, 350 KB)", figure))
    return rows


def status_and_body(address: Address, path: str) -> tuple[int, bytes]:
    """By a connection of its own, so that any process answers."""
    found = run(address, [[get(path)]])
    return next(iter(found.statuses)), found.last.partition(b"\r\n\r\n")[2]


def until(address: Address, paths: Sequence[str], title: bytes, *, there: bool) -> float:
    """Seconds until all of these pages say this, or none does, six times on connections of their own."""
    begun = time.perf_counter()
    whole = 0.0
    while not whole and time.perf_counter() - begun < 20:
        at = time.perf_counter() - begun
        if all((title in status_and_body(address, path)[1]) is there for path in paths * 6):
            whole = at
    return whole or 20.0


if __name__ == "__main__":
    main(sys.argv[1:])
