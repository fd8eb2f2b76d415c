"""An officer of the owner cuts open data from a resource; nothing is published before another signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from yiwang.exchange.catalogue.contracts import ReleaseInfo, ReleaseRefused
from yiwang.exchange.contracts import CutField, ResourceInfo, Secrecy, Sharing
from yiwang.exchange.earlier_releases import compared
from yiwang.exchange.models import CatalogueEntry, Release
from yiwang.exchange.providers import CUTS
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.releases import info_of
from yiwang.exchange.rules.disclosure import SMALLEST, anonymous_rows, protect
from yiwang.exchange.rules.grants import refuse_unknown
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.files import keep
from yiwang.platform.spreadsheets import csv_file

_CODE = re.compile(r"^[a-z][a-z0-9_]{2,39}$")
_MOST_FIELDS = 6
_BOTH_LANGUAGES = Text("名称和摘要须有中英文", "title and summary are needed in both languages")
_TOO_MANY = Text("分组过多，请减少字段", "there are too many groups; choose fewer fields")
_TOO_FEW = Text("数据太少，全部须隐藏", "there are so few that all would be held back")


@command(operation="exchange.release.prepare")
def prepare_release(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    resource: str,
    title: Text,
    summary: Text,
    licence: str,
    form: Literal["table", "rows"],
    fields: Sequence[CutField],
    least: int,
) -> ReleaseInfo:
    """Cut, hold back what small groups would tell, and keep the file for the one who signs.

    Raises:
        ReleaseRefused: the fields say too much, ``least`` is too small, nothing would be left, or what an
            earlier release of the register tells could be subtracted.
        FieldsNotGranted: the resource has no such field.
    """
    info = get_resource(resource)
    permit(Scope(organisations=(info.owner,)), subject=f"release:{code[:40]}")
    refuse_unknown(info, [field.name for field in fields])
    _refuse_unsound(info, code=code, fields=fields, form=form, least=least)
    if not title.zh.strip() or not title.en.strip() or not summary.zh.strip() or not summary.en.strip():
        raise ReleaseRefused(reason=_BOTH_LANGUAGES)
    counted = CUTS.get(info.kind).count_by(info, fields)
    if counted is None:
        raise ReleaseRefused(reason=_TOO_MANY)
    body, report = _table(fields, counted, least) if form == "table" else _rows(fields, counted, least)
    report |= compared(
        info, tuple((field.name, field.first) for field in fields), form=form, body=body, least=least
    )
    file = keep(body.encode(), name=f"{code}.csv", media_type="text/csv", owner=f"release:{code}", at=at)
    row = Release.objects.create(
        code=code,
        resource=info.code,
        owner=info.owner,
        title=title.as_dict(),
        summary=summary.as_dict(),
        licence=licence[:200],
        form=form,
        fields=[{"name": field.name, "first": field.first} for field in fields],
        least=least,
        state="prepared",
        report=report,
        file=file,
        prepared_at=at,
        prepared_by=actor.account_id or 0,
    )
    note(resource=info.code, least=least, form=form)
    emit("ReleasePrepared", f"release:{code}", resource=info.code)
    return info_of(row)


def _refuse_unsound(
    info: ResourceInfo, *, code: str, fields: Sequence[CutField], form: str, least: int
) -> None:
    levels = {field.name: field.secrecy for field in info.fields}
    most = Secrecy.PERSONAL if form == "table" else Secrecy.INTERNAL
    secret = [field.name for field in fields if levels[field.name].level > most.level]
    refused = CUTS.get(info.kind).refuses(info, fields) if info.kind in CUTS else None
    taken = Release.objects.filter(code=code).exists() or CatalogueEntry.objects.filter(code=code).exists()
    if not _CODE.match(code) or taken:
        reason = Text("代码有误或已被使用", "the code is malformed or taken")
    elif info.sharing is Sharing.NOT_SHARED or info.kind not in CUTS:
        reason = Text("该资源不能开放", "this resource is not released")
    elif least < SMALLEST:
        # with two in a group each of them knows the other
        reason = Text(f"最小分组不得小于{SMALLEST}", f"the smallest group has at least {SMALLEST}")
    elif len(fields) > _MOST_FIELDS or len({field.name for field in fields}) < len(fields):
        reason = Text("字段过多或重复", "too many fields, or one twice")
    elif secret:
        names = "、".join(secret)
        reason = Text(f"含有不能开放的字段：{names}", f"these fields are too secret: {', '.join(secret)}")
    elif refused is not None:
        reason = refused
    else:
        return
    raise ReleaseRefused(reason=reason)


def _table(
    fields: Sequence[CutField], counted: Sequence[tuple[tuple[str, ...], int]], least: int
) -> tuple[str, dict[str, int]]:
    """Counts with their sums; an empty count is one held back, which the last column says."""
    shown = protect(dict(counted), least=least)
    if shown.counts[()] is None:
        raise ReleaseRefused(reason=_TOO_FEW)
    lines = []
    for key, count in sorted(shown.counts.items()):
        level = "cell" if len(key) == len(fields) else "total"
        padded = [*key, *[""] * (len(fields) - len(key))]
        lines.append(
            [*padded, level, "" if count is None else str(count), "withheld" if count is None else ""]
        )
    report = {"groups": len(counted), "small": shown.small, "protecting": shown.protecting}
    return _csv([*(field.name for field in fields), "level", "count", "note"], lines), report


def _rows(
    fields: Sequence[CutField], counted: Sequence[tuple[tuple[str, ...], int]], least: int
) -> tuple[str, dict[str, int]]:
    kept, left_out = anonymous_rows(counted, least=least)
    if not kept:
        raise ReleaseRefused(reason=_TOO_FEW)
    report = {"groups": len(kept) + left_out, "small": left_out, "protecting": 0}
    return _csv([field.name for field in fields], [list(key) for key in kept]), report


def _csv(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    return csv_file([head, *lines], is_marked=False).decode()
