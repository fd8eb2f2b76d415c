"""`new`: begin a pack (a form, a process, a service item) or a site that works from the first minute."""

from __future__ import annotations

import re
from typing import Annotated

import typer
from django.utils import timezone

from yiwang.cases.starter import first_item
from yiwang.cli.console import say
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.packs.contracts import DRAWN_UP
from yiwang.packs.manifest import NAME
from yiwang.platform.environment import ROOT, environment
from yiwang.portal.sites.rules.themes import Theme
from yiwang.portal.sites.starter import first_site

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
_SITE = re.compile(r"[a-z][a-z0-9-]{1,39}")
_WRONG_CODE = Text(
    "网站代码用小写字母、数字和连字符，以字母开头", "A site's code is small letters, digits, hyphens"
)
_SITE_EXISTS = Text("已有同名网站", "There is a site of this code already")
_QUOTED = Text("标题不能含有引号或反斜杠", "A title cannot hold quotes or backslashes")

Name = Annotated[str, typer.Argument(help="业务包名，如 pet_licence / the pack's name")]
Zh = Annotated[str, typer.Option("--zh", help="中文标题 / Chinese title")]
En = Annotated[str, typer.Option("--en", help="英文标题 / English title")]
Owner = Annotated[str, typer.Option("--owner", help="主管机构代码 / code of the organisation in charge")]
Site = Annotated[bool, typer.Option("--site", help="新建的是网站，不是业务包 / a site instead of a pack")]
Look = Annotated[Theme, typer.Option("--theme", help="网站的配色 / the look of the site")]
Phone = Annotated[str, typer.Option("--phone", help="网站的联系电话 / telephone of the site")]


def command(
    name: Name,
    zh: Zh,
    en: En,
    owner: Owner = "service_centre",
    *,
    site: Site = False,
    theme: Look = Theme.PEARL,
    phone: Phone = "020-00000000",
) -> None:
    """Write packs/NAME, or with --site one more site of the city; nothing that exists is touched."""
    if site:
        _site(name, Text(zh, en), owner=owner, theme=theme, phone=phone)
        return
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


def _site(code: str, title: Text, *, owner: str, theme: Theme, phone: str) -> None:
    folder = ROOT / "cities" / environment().city / "sites"
    file = folder / f"{code}.yaml"
    problem = _QUOTED if set(f"{title.zh}{title.en}{owner}{phone}") & set('"\\\n{}:#') else None
    if not _SITE.fullmatch(code):
        problem = _WRONG_CODE
    if file.exists():
        problem = _SITE_EXISTS
    if problem is not None:
        raise InvalidInput(problems=(FieldProblem(path="name", text=problem),))
    others = [other.read_text(encoding="utf-8") for other in sorted(folder.glob("*.yaml"))]
    day = timezone.localdate()
    folder.mkdir(parents=True, exist_ok=True)
    file.write_bytes(
        first_site(
            code=code, title=title, organisation=owner, theme=theme, phone=phone, others=others, day=day
        )
    )
    shown = file.relative_to(ROOT)
    say(Text(f"已写入 {shown}。下一步 ./yiwang check。", f"Wrote {shown}. Next: ./yiwang check."))


def _problem(name: str, titles: str, *, exists: bool) -> Text | None:
    if not NAME.fullmatch(name) or name == DRAWN_UP:
        return _WRONG_NAME
    if exists:
        return _EXISTS
    return _QUOTED if set(titles) & set('"\\\n{}') else None
