"""How well and how fast a written address is found among 2,000,000.

Addresses are made up inside the real communities of the city; 20,000 of them are written dirty by a generator
that knows nothing of the reading (``maps/addresses/synthesis/dirty.py``). The peer asks pg_trgm for the most
similar whole text in the same table. The chance told with each answer was fitted on another seed,
and what was tried while the reading was written were the dirty texts of a third.

Run: ``./yiwang bench addresses``, with ``--tiny`` (20,000 addresses, 1,000 dirty ones). ``--fit`` prints the
weights of ``rules/judging.py``; ``--wrong`` tells what was found wrong, of the seed that may be tried.
"""

from __future__ import annotations

import csv
import math
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import django

django.setup()

from benchmarks.progress import told  # noqa: E402
from benchmarks.table import table  # noqa: E402
from django.db import connection  # noqa: E402
from yiwang.maps.addresses.synthesis.ground import (  # noqa: E402
    AddressRow,
    Community,
    OtherName,
    communities_of,
    made_up,
)

from yiwang.cli.simulation.grounds import places_of  # noqa: E402
from yiwang.identity.api import load_city  # noqa: E402
from yiwang.maps.addresses import api  # noqa: E402
from yiwang.maps.addresses.indexing import make_index  # noqa: E402
from yiwang.maps.addresses.queries.finding import judge_texts  # noqa: E402
from yiwang.maps.addresses.queries.names import gazetteer  # noqa: E402
from yiwang.maps.addresses.rules.judging import lead_of  # noqa: E402
from yiwang.maps.addresses.synthesis.dirty import Dirt, Dirty, dirty_truth  # noqa: E402
from yiwang.packs.api import apply_plan, load, make_plan  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import ROOT  # noqa: E402
from yiwang.registers.api import load_file  # noqa: E402

CITY = ROOT / "cities" / "guangzhou"
AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
_SEED, _FIT_SEED, _TRIED_SEED = 3, 1, 2
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)


def main(arguments: list[str]) -> None:
    tiny = "--tiny" in arguments
    count, wanted = (20_000, 1_000) if tiny else (2_000_000, 20_000)
    seed = _FIT_SEED if "--fit" in arguments else _TRIED_SEED if "--wrong" in arguments else _SEED
    communities, names, sample, seconds = fill(count, seed, wanted * 2)
    dirt = Dirt(seed, sorted({each.names[1] for each in communities}), names)
    by_code = {each.code: each.names for each in communities}
    truth = list(dirty_truth(sample, by_code.__getitem__, dirt, count=wanted, seed=seed))
    if "--fit" in arguments:
        fit(truth)
        return
    found, took = batch([each.text for each in truth])
    if "--wrong" in arguments:
        wrong(truth, found)
    singles = timed([each.text for each in truth[:1000]], api.find_address)
    typed = beginnings_of(sample, 2_000)
    waits = timed(typed, api.suggest_addresses)
    peer_right, peer_took, asked = peer(truth, 200 if tiny else 100)
    right = [bool(each) and plate_of(each[0]) == true.plate for each, true in zip(found, truth, strict=True)]
    show_all(count, seconds, truth, right, took, singles, waits)
    told(f"Peer: {asked} texts")
    table(
        ("peer: the most similar text by pg_trgm, same table", "measured"),
        [
            ("right within the number", f"{peer_right:.1%}"),
            ("addresses/s", f"{asked / peer_took:,.1f}"),
            ("ours, as a multiple", f"{len(truth) / took / (asked / peer_took):,.0f}"),
        ],
    )
    calibration(found, right)
    by_fault(truth, right)


def fill(
    count: int, seed: int, sample: int
) -> tuple[list[Community], list[OtherName], list[AddressRow], dict[str, float]]:
    """The registers with so many made-up addresses, loaded as a department's file is, and the index."""
    load_city(CITY)
    loaded = load(ROOT / "packs", ["address_base"]).or_refuse()
    apply_plan(actor=Actor.system("bench"), at=AT, loaded=loaded, plan=make_plan(loaded))
    communities = communities_of(places_of(CITY).neighbourhoods(), gazetteer())
    names, rows = made_up(communities, count=count, seed=seed)
    chance, kept, seconds = Random(seed), [], {}
    with TemporaryDirectory() as folder:
        told(f"Making up {count:,} addresses")
        file = Path(folder) / "addresses.csv"
        with file.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(AddressRow._fields)
            for row in rows:
                writer.writerow(row)
                if chance.random() < sample / count:
                    kept.append(row)
        others = Path(folder) / "names.csv"
        with others.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(OtherName._fields)
            writer.writerows([*names, *_OF_DIVISIONS])
        told("Loading the registers")
        started = time.perf_counter()
        for register, path in (("addresses", file), ("address_names", others)):
            report = load_file(
                actor=Actor.system("bench"), at=AT, register=register, file=path, source="public_security"
            )
            assert not report.problems, report.problems[:3]
        seconds["load"] = time.perf_counter() - started
    told("Making the index")
    started = time.perf_counter()
    make_index(AT)
    seconds["index"] = time.perf_counter() - started
    return communities, names, kept, seconds


#: What every city keeps in its register of names.
_OF_DIVISIONS = [OtherName("440100N000001", "穗", "division", "广州市", "440100", "", "")]


def batch(texts: Sequence[str]) -> tuple[list[tuple[api.Found, ...]], float]:
    told(f"Finding {len(texts):,} dirty addresses")
    api.find_addresses(texts[:500])
    started = time.perf_counter()
    found = api.find_addresses(texts)
    return found, time.perf_counter() - started


def plate_of(found: api.Found) -> str:
    """District, road and plate, as the truth names them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT line, number, last, tail FROM addresses_door WHERE code = %s", [found.code])
        line, number, last, tail = cursor.fetchone()
    return f"{found.division[:6]}{line}{number}{f'-{last}' if last else ''}号{tail}"


def timed(texts: Sequence[str], act: Callable[[str], object]) -> list[float]:
    """Milliseconds of each."""
    waits = []
    for text in texts:
        started = time.perf_counter()
        act(text)
        waits.append((time.perf_counter() - started) * 1000)
    return waits


def beginnings_of(rows: Sequence[AddressRow], count: int) -> list[str]:
    """What is in the field while addresses are typed: with or without the district, sign by sign."""
    chance = Random(7)
    found = []
    for _ in range(count):
        row = chance.choice(rows)
        text = chance.choice((row.road + row.plate, row.full[row.full.index("市") + 1 :], row.full))
        found.append(text[: chance.randint(2, len(text))])
    return found


def peer(truth: Sequence[Dirty], count: int) -> tuple[float, float, int]:
    """The most similar whole text, by a trigram index over the same table."""
    told("Peer: pg_trgm over whole texts")
    with connection.cursor() as cursor:
        cursor.execute(
            'CREATE INDEX peer_trgm ON addresses_door USING gist ("full" gist_trgm_ops(siglen=64))'
        )
        right, started = 0, time.perf_counter()
        for each in truth[:count]:
            cursor.execute(
                "SELECT code, line, number, last, tail, division FROM addresses_door "
                'ORDER BY "full" <-> %s LIMIT 1',
                [each.text],
            )
            _, line, number, last, tail, division = cursor.fetchone()
            right += f"{division[:6]}{line}{number}{f'-{last}' if last else ''}号{tail}" == each.plate
        took = time.perf_counter() - started
        cursor.execute("DROP INDEX peer_trgm")
    return right / count, took, count


def show_all(
    count: int,
    seconds: dict[str, float],
    truth: Sequence[Dirty],
    right: Sequence[bool],
    took: float,
    singles: Sequence[float],
    waits: Sequence[float],
) -> None:
    table(
        (f"{count:,} addresses, {len(truth):,} dirty texts", "measured", "wanted"),
        [
            ("right within the building's number", f"**{sum(right) / len(right):.2%}**", "97%"),
            ("batch, addresses/s", f"**{len(truth) / took:,.0f}**", "300"),
            ("one at a time, ms p50 / p95", f"{_at(singles, 50):.1f} / {_at(singles, 95):.1f}", ""),
            ("suggestion, ms p50 / p95", f"{_at(waits, 50):.1f} / **{_at(waits, 95):.1f}**", "60"),
            ("loading the registers, s", f"{seconds['load']:.0f}", ""),
            ("making the index, s", f"{seconds['index']:.0f}", ""),
        ],
    )


def _at(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def calibration(found: Sequence[Sequence[api.Found]], right: Sequence[bool]) -> None:
    """Told chance against share that is right, in bins; none found counts as told 0."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for each, is_right in zip(found, right, strict=True):
        chance = each[0].confidence if each else 0.0
        bins[sum(chance >= edge for edge in _BINS)].append((chance, is_right))
    rows, off = [], 0.0
    for place in sorted(bins):
        told_chances, rights = zip(*bins[place], strict=True)
        mean, share = statistics.fmean(told_chances), statistics.fmean(rights)
        off += abs(mean - share) * len(rights) / len(right)
        rows.append(
            (
                f"{_BINS[place - 1]:.2f}-{min(_BINS[place], 1):.2f}",
                f"{len(rights):,}",
                f"{mean:.3f}",
                f"{share:.3f}",
            )
        )
    table(("confidence", "texts", "told", "right"), [*rows, ("expected error", "", "", f"{off:.3f}")])


def by_fault(truth: Sequence[Dirty], right: Sequence[bool]) -> None:
    """Right by what was done to the text."""
    shares: dict[str, list[bool]] = defaultdict(list)
    for each, is_right in zip(truth, right, strict=True):
        for fault in each.faults.split(";"):
            shares[fault.split(":")[0] or "none"].append(is_right)
    rows = sorted(shares.items(), key=lambda pair: statistics.fmean(pair[1]))
    table(("fault", "texts", "right"), [(k, f"{len(v):,}", f"{statistics.fmean(v):.1%}") for k, v in rows])


def wrong(truth: Sequence[Dirty], found: Sequence[Sequence[api.Found]]) -> None:
    for each, answers in zip(truth, found, strict=True):
        if not answers or plate_of(answers[0]) != each.plate:
            answer = f"{answers[0].full} ({answers[0].confidence})" if answers else "-"
            print(f"{each.text} | {each.plate} | {each.faults} | {answer}")


def fit(truth: Sequence[Dirty]) -> None:
    """Weights of the chance by gradient descent on the logarithm of the likelihood."""
    known = gazetteer()
    rows = []
    for at in range(0, len(truth), 500):
        some = truth[at : at + 500]
        for each, (_, judged) in zip(some, judge_texts([t.text for t in some], known), strict=True):
            if judged:
                best = judged[0].door
                numbers = f"{best.number}-{best.last}" if best.last else str(best.number)
                plate = f"{best.division[:6]}{best.line}{numbers}号{best.tail}"
                rows.append((max(judged[0].points, -9.0), min(lead_of(judged), 4.0), plate == each.plate))
    weights = [1.0, 0.5, 0.5]
    for _ in range(3_000):
        slope = [0.0, 0.0, 0.0]
        for points, lead, is_right in rows:
            chance = 1 / (1 + math.exp(-(weights[0] + weights[1] * points + weights[2] * lead)))
            for place, value in enumerate((1.0, points, lead)):
                slope[place] += (is_right - chance) * value / len(rows)
        weights = [weight + step for weight, step in zip(weights, (s * 0.3 for s in slope), strict=True)]
    print("WEIGHTS =", tuple(round(weight, 3) for weight in weights))


if __name__ == "__main__":
    main(sys.argv[1:])
