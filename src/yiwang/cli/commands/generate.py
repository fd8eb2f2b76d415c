"""`generate`: files of people, households, firms, jobs, insurances, lists and addresses that do not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from yiwang.cli.console import out, progress, say
from yiwang.cli.simulation.grounds import places_of
from yiwang.identity.city_files import read_city_files
from yiwang.kernel.text import Text
from yiwang.maps.addresses.rules.gazetteer import make_gazetteer
from yiwang.maps.addresses.synthesis.roads import AddressRow, OtherName, communities_of, made_up
from yiwang.registers.synthesis.city import HEADS, city_rows
from yiwang.registers.synthesis.dirt import Cells
from yiwang.registers.synthesis.files import write_city
from yiwang.registers.synthesis.firm_lists import HEADS as FIRM_HEADS
from yiwang.registers.synthesis.firm_lists import FirmLists
from yiwang.registers.synthesis.insurance import HEADS as INSURANCE_HEADS
from yiwang.registers.synthesis.insurance import Insurance
from yiwang.registers.synthesis.streets import Neighbourhood
from yiwang.server import city

_DIRT = "有误记录的比例，0 至 1 / share of rows that are wrong, 0 to 1"
Folder = Annotated[Path, typer.Option("--out", file_okay=False, help="写入的文件夹 / folder to write into")]
People = Annotated[int, typer.Option(min=0, max=100_000_000, help="人数 / how many people")]
Seed = Annotated[int, typer.Option(min=0, max=10**9, help="随机种子 / seed of all chance")]
Dirt = Annotated[float, typer.Option(min=0, max=1, help=_DIRT)]

_FIRMS = "另写各部门企业名单：企业数 / also departments' lists of so many firms"
_INSURANCE = "另写社会保险：最近几个月的缴费 / also insurances, with contributions of the last months"
Firms = Annotated[int, typer.Option("--firms", min=0, max=90_000_000, help=_FIRMS)]
Months = Annotated[int, typer.Option("--insurance-months", min=0, max=120, help=_INSURANCE)]

_ADDRESSES = "另写标准地址及旧称：条数 / also so many standard addresses, with other names of roads"
Addresses = Annotated[int, typer.Option("--addresses", min=0, max=20_000_000, help=_ADDRESSES)]

# The day on which people have their ages: fixed, so that a seed means the same files on any day.
_ON = date(2026, 1, 1)
_TITLE = Text("生成数据文件", "Writing files")
_TOLD_EVERY = 10_000
_USUAL_DIRT = 0.03


def command(
    folder: Folder,
    *,
    people: People = 100_000,
    seed: Seed = 1,
    dirt: Dirt = 0.03,
    firms: Firms = 0,
    months: Months = 0,
    addresses: Addresses = 0,
) -> None:
    """Write the files and tell how many rows each has."""
    places = places_of(city.city_folder()).neighbourhoods()
    heads: dict[str, Sequence[str]] = {}
    rows: list[Iterable[tuple[str, Cells]]] = []
    with progress() as bars:
        if people:
            heads |= {**HEADS, **(INSURANCE_HEADS if months else {})}
            rows.append(
                city_rows(
                    people=people,
                    seed=seed,
                    neighbourhoods=places,
                    on=_ON,
                    dirt=dirt,
                    told=_teller(bars, people),
                    insurance=Insurance(seed=seed, on=_ON, months=months) if months else None,
                )
            )
        if firms:
            # a list as departments have it (1) where the people's rows have their usual share of faults
            wrong = min(1.0, dirt / _USUAL_DIRT)
            heads |= FIRM_HEADS
            rows.append(FirmLists(seed=seed, neighbourhoods=places, on=_ON, dirt=wrong).rows(firms))
        if addresses:
            heads |= {"addresses": AddressRow._fields, "address_names": OtherName._fields}
            rows.append(_addresses(count=addresses, seed=seed, places=places))
        # in one go: those where the made-up people live and those made up besides are one file
        written = write_city(chain.from_iterable(rows), folder, heads)
    say(Text("已写入（行数，不含表头）：", "Written (rows without the head):"))
    for name, count in written.items():
        out.print(f"  {count:>11,}  {name}.csv", markup=False)


def _addresses(*, count: int, seed: int, places: Sequence[Neighbourhood]) -> Iterator[tuple[str, Cells]]:
    """Rows of the registers of addresses and of their names, marked as synthetic."""
    divisions = {code: row.name_zh for code, row in read_city_files(city.city_folder()).divisions.items()}
    names, rows = made_up(communities_of(places, make_gazetteer(divisions)), count=count, seed=seed)
    yield from (("address_names", name) for name in names)
    yield from (("addresses", row) for row in rows)


def _teller(bars: Progress, people: int) -> Callable[[int], None]:
    """Says how many of the people there are by now."""
    bar = bars.add_task(str(_TITLE), total=people)
    shown = 0

    def told(living: int) -> None:
        nonlocal shown
        if living - shown >= _TOLD_EVERY or living >= people:
            shown = living
            bars.update(bar, completed=living)

    return told
