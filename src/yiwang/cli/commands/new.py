"""`new`: begin a pack that works from the first minute: a form, a process, a service item."""

from __future__ import annotations

from typing import Annotated

import typer

from yiwang.cases.starter import first_item
from yiwang.cli.console import say
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.packs.contracts import DRAWN_UP
from yiwang.packs.manifest import NAME
from yiwang.platform.environment import ROOT

_MANIFEST = """name = "{name}"
version = "0.1.0"
title = {{ zh = "{zh}", en = "{en}" }}
summary = {{ zh = "{zh}", en = "{en}" }}
owner = "{owner}"
"""
_WRONG_NAME = Text(
    "业务包名只用小写字母、数字和下划线，并以字母开头",
    "A pack's name is small letters, digits and underscores",
)
_EXISTS = Text("已有同名业务包", "There is a pack of this name already")
_QUOTED = Text("标题不能含有引号或反斜杠", "A title cannot hold quotes or backslashes")

Name = Annotated[str, typer.Argument(help="业务包名，如 pet_licence / the pack's name")]
Zh = Annotated[str, typer.Option("--zh", help="中文标题 / Chinese title")]
En = Annotated[str, typer.Option("--en", help="英文标题 / English title")]
Owner = Annotated[str, typer.Option("--owner", help="主管机构代码 / code of the organisation in charge")]


def command(name: Name, zh: Zh, en: En, owner: Owner = "service_centre") -> None:
    """Write packs/NAME; nothing is applied, nothing that exists is touched."""
    folder = ROOT / "packs" / name
    problem = _problem(name, f"{zh}{en}{owner}", exists=folder.exists())
    if problem is not None:
        raise InvalidInput(problems=(FieldProblem(path="name", text=problem),))
    files = first_item(name=name, title=Text(zh, en), owner=owner)
    files["pack.toml"] = _MANIFEST.format(name=name, zh=zh, en=en, owner=owner).encode()
    for path, content in sorted(files.items()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    say(
        Text(
            f"已写入 packs/{name}。把它加入 cities/guangzhou/city.yaml 的 packs，然后 ./yiwang check。",
            f"Wrote packs/{name}. Add it to packs in cities/guangzhou/city.yaml, then ./yiwang check.",
        )
    )


def _problem(name: str, titles: str, *, exists: bool) -> Text | None:
    if not NAME.fullmatch(name) or name == DRAWN_UP:
        return _WRONG_NAME
    if exists:
        return _EXISTS
    return _QUOTED if set(titles) & set('"\\\n{}') else None
