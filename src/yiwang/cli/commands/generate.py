"""`generate`: files of people, households, firms and jobs that do not exist, and what is wrong in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from yiwang.cli.console import out, progress, say
from yiwang.cli.simulation.grounds import places_of
from yiwang.kernel.text import Text
from yiwang.registers.synthesis.city import city_rows
from yiwang.registers.synthesis.files import write_city
from yiwang.server import city

_DIRT = "有误记录的比例，0 至 1 / share of rows that are wrong, 0 to 1"
Folder = Annotated[Path, typer.Option("--out", file_okay=False, help="写入的文件夹 / folder to write into")]
People = Annotated[int, typer.Option(min=1, max=100_000_000, help="人数 / how many people")]
Seed = Annotated[int, typer.Option(min=0, max=10**9, help="随机种子 / seed of all chance")]
Dirt = Annotated[float, typer.Option(min=0, max=1, help=_DIRT)]

# The day on which people have their ages: fixed, so that a seed means the same files on any day.
_ON = date(2026, 1, 1)
_TITLE = Text("生成数据文件", "Writing files")
_TOLD_EVERY = 10_000


def command(folder: Folder, people: People = 100_000, seed: Seed = 1, dirt: Dirt = 0.03) -> None:
    """Write the files and tell how many rows each has."""
    with progress() as bars:
        bar = bars.add_task(str(_TITLE), total=people)
        shown = 0

        def told(living: int) -> None:
            nonlocal shown
            if living - shown >= _TOLD_EVERY or living >= people:
                shown = living
                bars.update(bar, completed=living)

        rows = city_rows(
            people=people,
            seed=seed,
            neighbourhoods=places_of(city.city_folder()).neighbourhoods(),
            on=_ON,
            dirt=dirt,
            told=told,
        )
        written = write_city(rows, folder)
    say(Text("已写入（行数，不含表头）：", "Written (rows without the head):"))
    for name, count in written.items():
        out.print(f"  {count:>11,}  {name}.csv", markup=False)
