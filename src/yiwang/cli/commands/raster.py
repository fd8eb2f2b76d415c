"""`raster`: load imagery of a year from a GeoTIFF, and list what is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from yiwang.cli.console import out, progress, say
from yiwang.kernel.text import Text
from yiwang.maps.rasters.api import list_loaded, load_file
from yiwang.platform.contracts import Actor

group = typer.Typer(no_args_is_help=True)
Code = Annotated[str, typer.Argument(help="影像编码 / code of the imagery")]
Source = Annotated[
    Path, typer.Argument(help="GeoTIFF 文件 / the GeoTIFF", exists=True, dir_okay=False, readable=True)
]
Year = Annotated[int, typer.Option("--year", min=1900, max=2100, help="拍摄年份 / year that it shows")]
_TITLE = Text("读取并转换影像", "Reading and converting")
_ACTOR = Actor.system("command line")


@group.command("load")
def load(code: Code, source: Source, year: Year) -> None:
    """导入一年的影像 / load the imagery of a year; the one loaded before is replaced."""
    with progress() as bars:
        bar = bars.add_task(str(_TITLE), total=1.0)
        loaded = load_file(
            actor=_ACTOR,
            at=timezone.now(),
            raster=code,
            year=year,
            source=source,
            told=lambda share: bars.update(bar, completed=share),
        )
        bars.update(bar, completed=1.0)
    say(
        Text(
            f"已{'更新' if loaded.is_renewed else '导入'} {loaded.raster}/{loaded.edition}。",
            f"{'Renewed' if loaded.is_renewed else 'Loaded'} {loaded.raster}/{loaded.edition}.",
        )
    )


@group.command("list")
def show() -> None:
    """列出已导入的影像 / list what is loaded."""
    for read in list_loaded():
        for each in read.editions:
            words = f"{read.raster.code}/{each.edition}  z{each.zoom}  {each.size / 1e6:,.1f} MB"
            out.print(f"{words}  {read.raster.title.zh} {read.raster.title.en}", markup=False)
