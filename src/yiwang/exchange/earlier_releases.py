"""A new release beside those that were made of the same register before: what subtraction would tell."""

from __future__ import annotations

import csv
import io

from yiwang.exchange.catalogue.contracts import ReleaseRefused
from yiwang.exchange.contracts import CutField, ResourceInfo
from yiwang.exchange.models import Release
from yiwang.exchange.providers import CUTS
from yiwang.exchange.queries.catalogue import titles_of
from yiwang.exchange.rules.differencing import Grain, Told, finest, small_rests, told_in_lines
from yiwang.kernel.text import Text
from yiwang.platform.files import read


def compared(
    info: ResourceInfo, fields: tuple[Grain, ...], *, form: str, body: str, least: int
) -> dict[str, int]:
    """How many earlier releases there are, and how many small groups the same cut tells beside them.

    The same cut at another time is warned of, for figures are published again as they change; who signs sees
    the number. Another cut is refused. A release that was public is compared also when it was taken back.

    Raises:
        ReleaseRefused: beside another cut small groups could be had by subtraction; says how many.
    """
    made = Told(fields, _told(body, len(fields), form))
    number = warned = 0
    for row in _earlier(info):
        number += 1
        old_fields = tuple((str(field["name"]), field["first"]) for field in row.fields)
        old = Told(old_fields, _told(read(row.file).decode(), len(old_fields), row.form))
        grains = [CutField(name=name, first=first) for name, first in finest(fields, old_fields)]
        counted = CUTS.get(info.kind).count_by(info, grains)
        if counted is None:
            raise ReleaseRefused(reason=_UNCOMPARED.fill(code=row.code))
        rests = small_rests(made, old, dict(counted), least=max(least, row.least))
        if rests and (old_fields, row.form, row.least) != (fields, form, least):
            raise ReleaseRefused(reason=_SUBTRACTED.fill(code=row.code, number=rests, least=least))
        warned += rests
    return {"earlier": number, "by_subtraction": warned}


_UNCOMPARED = Text(
    "与“{code}”合并的分组过多，无法核对两者相减会得出什么，请减少字段",
    "with “{code}” there are too many groups to check what their subtraction tells; choose fewer fields",
)
_SUBTRACTED = Text(
    "与已有的“{code}”相减可得出{number}个不足{least}的分组；请采用相同的分组，或先减少字段",
    "subtracted from “{code}” it tells groups smaller than {least} ({number}): "
    "use the same cut, or fewer fields",
)


def _earlier(info: ResourceInfo) -> list[Release]:
    """Releases of the same register that are public, were, or may become so."""
    rows = Release.objects.select_related("file").exclude(state="withdrawn", signed_at=None).order_by("id")
    resources = titles_of({row.resource for row in rows})
    return [
        row
        for row in rows
        if row.resource in resources
        and (resources[row.resource].kind, resources[row.resource].source) == (info.kind, info.source)
    ]


def _told(body: str, fields: int, form: str) -> frozenset[tuple[str, ...]]:
    _, *lines = csv.reader(io.StringIO(body))
    plain = [[_unescaped(cell) for cell in line] for line in lines]
    return told_in_lines(plain, fields=fields, is_table=form == "table")


def _unescaped(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(("=", "+", "-", "@", "\t", "\r")) else cell
