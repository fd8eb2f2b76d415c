"""Registers and exchange over HTTP: eight clients, the server and the database on one machine.

Keyed look-ups go through the exchange with a bearer token: grant, field mask, row filter, quota, purpose,
trace line, leaf of the ledger and journal, all on the disk before the answer. Lists go through the register's
own door as a system of the owner, masked. The floor is a Django with nothing but one statement that passes
the database's JSON on; the peers, where they can be installed, show the same rows to everybody. The
generator of the load takes its part of the two cores too; its cost stands beside.

Run: ``./yiwang bench registers_http``, with ``--tiny`` (20,000 people), or with ``--large``: a million people
from a file, then ten million with fifty million superseded versions, made in the database, without peers.
"""

from __future__ import annotations

import json
import logging
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from benchmarks.http_load import Load, get, post, run  # noqa: E402 - Django first
from benchmarks.http_server import Address, granian, serving  # noqa: E402
from benchmarks.peers import measure_peers  # noqa: E402
from benchmarks.progress import told  # noqa: E402
from benchmarks.registers import write_people  # noqa: E402
from benchmarks.table import table  # noqa: E402
from benchmarks.versions import give_people, give_versions  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from yiwang.exchange.api import issue_client, issue_grant, issue_token  # noqa: E402
from yiwang.identity.models import Account  # noqa: E402
from yiwang.identity.testing import an_officer  # noqa: E402
from yiwang.kernel.text import Text  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import ROOT, environment  # noqa: E402
from yiwang.registers.api import load_file  # noqa: E402
from yiwang.registers.contracts import AsOf, Seen  # noqa: E402
from yiwang.registers.queries.definitions import get_register  # noqa: E402
from yiwang.registers.queries.versions import find_entry  # noqa: E402
from yiwang.registers.testing import apply_packs  # noqa: E402

_ON = date(2026, 1, 1)
_BENCH = Actor.system("bench")
_FIELDS = ["id_number", "name", "birth_date", "residence_division"]
_CLIENTS = 8
#: At each point in time, of keys that nobody asked for before.
_LOOK_UPS = 2_000
#: Superseded versions of everybody, beside the one of the requests.
_MANY = 5
_WORKERS, _THREADS = 2, 4
_PURPOSE = {"kind": "enforcement", "reference": "K-1"}


@dataclass(frozen=True)
class Size:
    """How many people come from a file, how many requests each client sends, and what the database adds."""

    people: int
    requests: int
    more_people: int = 0
    versions: int = 1


@dataclass(frozen=True)
class Ground:
    """What is asked for: keys, a district, and where its middle and the register's last page begin."""

    keys: list[str]
    district: str
    middle: int
    deep: int


def main(arguments: list[str]) -> None:
    logging.disable(logging.INFO)
    size = asked_size(arguments)
    prepare(size)
    small, ground = None, look_around()
    if size.more_people:
        (small,) = look_ups(ground, [None])
        give_people(size.more_people)
        give_versions(size.versions)
        ground = look_around()
    token, of_owner, cookie = credentials()
    connection.close()
    rows: list[tuple[str, ...]] = []
    logs = environment().var / "log"
    logs.mkdir(parents=True, exist_ok=True)
    for name, application, asked in (
        ("bare Django", "benchmarks.bare_django:application", bare(ground)),
        ("Yiwang", "yiwang.server.wsgi:application", ours(ground, token, of_owner, cookie)),
        ("bare Django, again", "benchmarks.bare_django:application", bare(ground)),
    ):
        told(f"Measuring {name}")
        words = granian(application, workers=_WORKERS, threads=_THREADS)
        with serving(words, log=logs / "bench_http.log") as address:
            for what, make, share in asked:
                rows.append(row(name, what, measured(address, make, int(size.requests * share))))
    own = [*as_of(ground, small), *counted(ground)]
    connection.close()
    if not size.more_people:
        peers = measure_peers(ground, size.requests, logs, measured)
        rows.extend(row(name, what, load) for name, what, load in peers)
        give_versions(_MANY)
        own.append((f"{_MANY} superseded versions of everybody:", ""))
        own.extend(as_of(look_around(), None))
    table(("eight clients over HTTP", "what", "a second", "p50 ms", "p99 ms", "client CPU µs"), rows)
    table(("in the database's own process", "figure"), own)


def asked_size(arguments: list[str]) -> Size:
    """``--tiny``, ``--large``, or a million with one superseded version."""
    if "--tiny" in arguments:
        return Size(people=20_000, requests=100)
    if "--large" in arguments:
        return Size(people=1_000_000, requests=2_000, more_people=9_000_000, versions=5)
    return Size(people=1_000_000, requests=2_000)


def prepare(size: Size) -> None:
    """A register of so many people, each with one superseded version."""
    told("Applying the base registers")
    apply_packs(ROOT / "packs", ["population", "legal_entity", "licence_catalogue"], at=timezone.now())
    with TemporaryDirectory() as folder:
        people, _ = write_people(Path(folder) / "people", size.people, dirt=0.0)
        told("Loading them")
        with people.open("rb") as source:
            load_file(
                actor=_BENCH, at=timezone.now(), register="persons", file=source, source="public_security",
                on_bad_rows="take_good", progress=lambda stage, rows: None,
            )  # fmt: skip
    give_versions(1)


def look_around() -> Ground:
    """What to ask of the register as it is now."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT id_number FROM reg.persons ORDER BY md5(id_number) LIMIT 20000")
        keys = [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT _district FROM reg.persons GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
        ((district,),) = cursor.fetchall()
        cursor.execute(
            "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY _entry) FROM reg.persons "
            "WHERE _district = %s",
            [district],
        )
        ((middle,),) = cursor.fetchall()
        cursor.execute("SELECT _entry FROM reg.persons ORDER BY _entry DESC OFFSET 100 LIMIT 1")
        ((deep,),) = cursor.fetchall()
    return Ground(keys=keys, district=district, middle=middle, deep=deep)


def credentials() -> tuple[str, str, str]:
    """Tokens of a system with a grant and of one of the owner, and the session of an officer of the owner."""
    at = timezone.now()
    an_officer("construction")
    issue_grant(
        actor=an_officer("public_security", roles=["approver"]), at=at, resource="person_basic",
        grantee="construction", fields=_FIELDS, purpose=_PURPOSE["kind"],
        legal_basis=Text("测量", "For the measurement"), valid_from=_ON,
        valid_until=at.date() + timedelta(days=400), quota_per_day=500_000_000,
        row_filter={"residence_division": ["44"]},
    )  # fmt: skip
    issued = issue_client(
        actor=_BENCH, at=at, organisation="construction", title=Text("测量", "Bench"), per_second=100_000
    )
    token = issue_token(at=at, address="203.0.113.9", client_id=issued.client.client_id, secret=issued.secret)
    assert token is not None
    account = Account.objects.get(pk=an_officer("public_security").account_id)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    of_owner = issue_client(
        actor=_BENCH, at=at, organisation="public_security", title=Text("测量", "Bench"), per_second=100_000
    )
    own = issue_token(
        at=at, address="203.0.113.9", client_id=of_owner.client.client_id, secret=of_owner.secret
    )
    assert own is not None
    return token.token, own.token, f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


Asked = list[tuple[str, Callable[[], bytes], float]]


def bare(ground: Ground) -> Asked:
    """The floor's requests."""
    return [
        ("keyed look-up", lambda: get(f"/one/{random.choice(ground.keys)}"), 1),
        ("first 100 of a district", lambda: get(f"/page/{ground.district}/0"), 0.5),
        ("page of 100, middle of a district", lambda: get(f"/page/{ground.district}/{ground.middle}"), 0.5),
    ]


def ours(ground: Ground, token: str, own: str, cookie: str) -> Asked:
    """The city's requests."""
    entries = "/api/registers/persons/entries"

    def look_up() -> bytes:
        asked = {"key": random.choice(ground.keys), "fields": _FIELDS, "purpose": _PURPOSE}
        address = "/api/exchange/resources/person_basic/requests"
        return post(address, json.dumps(asked).encode(), f"Authorization: Bearer {token}")

    def page(query: str, shown: str = f"Authorization: Bearer {own}") -> Callable[[], bytes]:
        return lambda: get(f"{entries}?{query}", shown)

    return [
        ("keyed look-up, all rights and traces", look_up, 1),
        ("first 100 of a district", page(f"district={ground.district}"), 0.3),
        ("page of 100, middle of a district", page(f"district={ground.district}&after={ground.middle}"), 0.3),
        (
            "the same for an officer with a session",
            page(f"district={ground.district}", f"Cookie: {cookie}"),
            0.1,
        ),
        ("first page of all", page(""), 0.3),
        ("last page of all (the ten-thousandth of a million)", page(f"after={ground.deep}"), 0.3),
        ("one entry and a bounded count", page("limit=1&count=bounded"), 0.3),
    ]


def measured(address: Address, make: Callable[[], bytes], requests: int) -> Load:
    """Send so many from each client, after a few that warm connections and plans."""
    run(address, [[make() for _ in range(15)] for _ in range(_CLIENTS)])
    return run(address, [[make() for _ in range(max(10, requests))] for _ in range(_CLIENTS)])


def row(name: str, what: str, load: Load) -> tuple[str, ...]:
    """A line of the table; an answer that is none is told, for it would be fast."""
    odd = {status: number for status, number in load.statuses.items() if status != 200}
    said = f"{what}; not 200: {odd}" if odd else what
    cost = 1e6 * load.cpu / len(load.waits)
    return name, said, f"{load.rate:,.0f}", f"{load.middle:.1f}", f"{load.at(0.99):.1f}", f"{cost:.0f}"


@dataclass(frozen=True)
class LookUp:
    """Median seconds of a look-up by key on one connection: of a key not looked at before, and once more."""

    first: float
    again: float


def look_ups(ground: Ground, points: Sequence[AsOf | None]) -> list[LookUp]:
    """Look up now (None), or at points in both times, in turn, so that all meet the same hindrances.

    Each point has its own keys; a thousand other keys go before, for the plans.
    """
    definition = get_register("persons")
    view = dict.fromkeys(definition.names, Seen.CLEAR)
    share = (len(ground.keys) - 1_000) // len(points)
    own = [ground.keys[1_000 + share * place :][: min(share, _LOOK_UPS)] for place, _ in enumerate(points)]
    medians: list[list[float]] = [[] for _ in points]
    for keys_of in ([ground.keys[:1_000]] * len(points), own, own):
        times: list[list[float]] = [[] for _ in points]
        for keys in zip(*keys_of, strict=True):
            for place, (key, point) in enumerate(zip(keys, points, strict=True)):
                begun = time.perf_counter()
                assert find_entry(definition, view, key=key, as_of=point) is not None
                times[place].append(time.perf_counter() - begun)
        for place, taken in enumerate(times):
            medians[place].append(statistics.median(taken))
    return [LookUp(first, again) for _, first, again in medians]


def as_of(ground: Ground, small: LookUp | None) -> list[Sequence[str]]:
    """Look-ups of the present and of earlier; and beside the register before it grew."""
    now = timezone.now()
    today, then = now.date(), timedelta(days=350)
    points = {
        "as of 350 days ago": AsOf(valid=today - then, known=now),
        "as of today": AsOf(valid=today, known=now),
        "as of today, as known 350 days ago": AsOf(valid=today, known=now - then),
    }
    present, *before = look_ups(ground, [None, *points.values()])
    found: list[Sequence[str]] = [
        ("microseconds of a present look-up: first, again", _both(present.first, present.again, 1e6, 0))
    ]
    for said, each in zip(points, before, strict=True):
        found.append((f"of a look-up {said}", _both(each.first, each.again, 1e6, 0)))
        ratio = _both(each.first / present.first, each.again / present.again, 1, 2)
        found.append(("ratio (aim: at most 1.5)", ratio))
    if small is not None:
        grown = _both(present.first / small.first, present.again / small.again, 1, 2)
        found.append(("present look-up, multiple of that of a million (aim: at most 1.3)", grown))
    return found


def _both(first: float, again: float, times: float, digits: int) -> str:
    return f"{first * times:.{digits}f}, {again * times:.{digits}f}"


def counted(ground: Ground) -> list[Sequence[str]]:
    """The milliseconds of a bounded count of a district and of all."""
    found: list[Sequence[str]] = []
    for name, where in (("all", "TRUE"), ("a district", f"_district = '{ground.district}'")):
        times = []
        for _ in range(20):
            begun = time.perf_counter()
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM (SELECT FROM reg.persons WHERE {where} LIMIT 10001) c")
                cursor.fetchone()
            times.append(time.perf_counter() - begun)
        found.append(
            (f"milliseconds of a bounded count of {name} (aim: under 5)", f"{sorted(times)[10] * 1000:.1f}")
        )
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
