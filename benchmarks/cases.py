"""Department completions per second, and one officer's act through HTTP. Needs an empty, migrated database.

Run: ``./yiwang bench cases``, or ``PYTHONPATH=src:. DJANGO_SETTINGS_MODULE=yiwang.server.settings
YIWANG_DATABASE_URL=… python -m benchmarks.cases``
"""

from __future__ import annotations

import logging
import sys
from statistics import median

import django

django.setup()

from benchmarks.acts import Acts, measure_acts  # noqa: E402 - Django first
from benchmarks.city import found_city  # noqa: E402
from benchmarks.completions import TINY, Measured, Size, listen, measure  # noqa: E402
from benchmarks.progress import told  # noqa: E402
from benchmarks.table import spread, table  # noqa: E402
from django.db import connection  # noqa: E402


def main(arguments: list[str]) -> None:
    logging.disable(logging.INFO)
    size = TINY if "--tiny" in arguments else Size()
    listen()
    told("Applying the city")
    people = found_city()
    told("Acting through HTTP")
    acts = measure_acts(people, size.families)
    measured = measure(size, people)
    show(measured, size)
    print()
    show_acts(acts)
    connection.close()
    told("Done")


def show(measured: Measured, size: Size) -> None:
    names = {
        "command": "`complete_task`",
        "unrecorded": "the same without a leaf of the ledger",
        "floor": "bare SQL, the same writes",
        "spiff": "SpiffWorkflow, as shipped",
        "spiff_aside": "SpiffWorkflow, model kept aside",
    }
    heads = ("completions per second", *(f"{n} client{'s' * (n > 1)}" for n in size.clients))
    rows = [(name, *(spread(measured.rates[key, n]) for n in size.clients)) for key, name in names.items()]
    rows += [
        (f"ratio to {names[other]}", *(spread(measured.ratios("command", other, n), 2) for n in size.clients))
        for other in ("unrecorded", "floor", "spiff", "spiff_aside")
    ]
    rows += [
        (
            f"client CPU ms, {name}",
            *(spread([1e3 * v for v in measured.cpu[key, n]], 2) for n in size.clients),
        )
        for key, name in names.items()
    ]
    table(heads, rows)


def show_acts(acts: Acts) -> None:
    heads = ("one officer's act", *acts.statements)
    table(
        heads,
        [
            ("SQL statements, through HTTP", *(spread(v) for v in acts.statements.values())),
            ("server CPU ms, through HTTP", *(spread(v, 1) for v in acts.http_ms.values())),
            ("CPU ms, by direct command", *(spread(v, 1) for v in acts.command_ms.values())),
            (
                "ratio",
                *(
                    f"{median(acts.http_ms[node]) / median(acts.command_ms[node]):.1f}"
                    for node in acts.statements
                ),
            ),
        ],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
