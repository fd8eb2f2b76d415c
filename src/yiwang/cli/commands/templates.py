"""`templates`: take a register's definition along as one file, and begin a pack from such a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yiwang.cli.console import say
from yiwang.kernel.text import Text
from yiwang.platform.environment import ROOT
from yiwang.registers.templating.api import export_template, import_template
from yiwang.registers.templating.contracts import MOST_BYTES
from yiwang.server import city

group = typer.Typer(no_args_is_help=True)
Register = Annotated[str, typer.Argument(help="登记簿编码 / code of the register")]
Target = Annotated[Path, typer.Option("--to", help="写入的文件 / file to write")]
Licence = Annotated[str, typer.Option("--licence", help="许可证（SPDX） / licence (SPDX)")]
Source = Annotated[Path, typer.Argument(help="模板文件 / the template's file", exists=True, dir_okay=False)]
Name = Annotated[str, typer.Option("--name", help="新业务包名 / name of the new pack")]


@group.command("export")
def export(register: Register, to: Target, licence: Licence = "Apache-2.0") -> None:
    """导出登记簿模板 / write a register's definition, resources and examples as one archive."""
    to.write_bytes(export_template(city.read_what_is_there().packs.or_refuse(), register, licence=licence))
    say(Text(f"已写入 {to}。", f"Wrote {to}."))


@group.command("import")
def begin(source: Source, name: Name) -> None:
    """由模板新建业务包 / begin the pack NAME from an archive; nothing is applied."""
    with source.open("rb") as file:
        manifest = import_template(file.read(MOST_BYTES + 1), packs=ROOT / "packs", name=name)
    say(
        Text(
            f"已写入 packs/{name}（{manifest.title.zh}，许可证 {manifest.licence}）。"
            "把它加入城市的 packs，然后 ./yiwang check。",
            f"Wrote packs/{name} ({manifest.title.en}, licence {manifest.licence}). "
            "Add it to the city's packs, then ./yiwang check.",
        )
    )
