"""One more site of a city, as a file: structure, theme and menu with which its editors begin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from yiwang.kernel.text import Text
from yiwang.portal.sites.rules.themes import Theme

_IDENTIFIER = re.compile(r"^identifier: '?(\d{10})'?$", re.MULTILINE)
_FILE = """code: {code}
kind: {kind}
order: {order}
title: {{zh: {zh}, en: '{en}'}}
lead: {{zh: 公布什么、怎样办事、怎样联系。, en: 'What we publish, what we do for you, how to reach us.'}}
organisation: {organisation}
theme: {theme}
# the site identification code is given by the registration; this one is the next free of the city
identifier: '{identifier}'
phone: {phone}
pages:
  - address: news
    kind: column
    title: 工作动态
    menu: true
    flow: up
    english: {{title: News}}
    pages:
      - address: opened
        kind: article
        title: 本站开通
        day: '{day}'
        issuer: {organisation}
        source: {zh}
        body:
          - paragraph: 本站今天开通，内容由本单位编辑和负责。
        english:
          title: This site has opened
          body:
            - paragraph: This site opened today. What stands on it is written and answered for by this body.
  - address: information
    kind: column
    title: 信息公开
    menu: true
    english: {{title: Disclosure}}
  - address: guide
    kind: column
    title: 办事指南
    menu: true
    english: {{title: Services}}
  - address: questions
    kind: column
    title: 常见问题
    menu: true
    english: {{title: Frequent questions}}
  - address: about
    kind: column
    title: 机构职能
    menu: true
    english: {{title: About us}}
"""


def first_site(
    *, code: str, title: Text, organisation: str, theme: Theme, phone: str, others: Iterable[str], day: date
) -> bytes:
    """The file of a new site; ``others`` are the files of those that are there, whose codes it continues."""
    taken = [int(number) for other in others for number in _IDENTIFIER.findall(other)]
    kind = "district" if re.fullmatch(r"d\d{6}", organisation) else "department"
    written = _FILE.format(
        code=code,
        kind=kind,
        order=90 if kind == "department" else 190,
        zh=title.zh,
        en=title.en.replace("'", "''"),
        organisation=organisation,
        theme=theme.value,
        identifier=max(taken, default=0) + 1,
        phone=phone,
        day=day.isoformat(),
    )
    return written.encode()
