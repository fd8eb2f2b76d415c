"""A machine writes down what it read in another catalogue, or that it could not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from yiwang.exchange.catalogue.contracts import HarvestSourceInfo, SourceNotFound
from yiwang.exchange.catalogue.indexing import put, take_out
from yiwang.exchange.catalogue.items import Distribution, Item, Origin, Provenance
from yiwang.exchange.models import HarvestRun, HarvestSource
from yiwang.exchange.queries.harvests import entries_of, held_elsewhere, source_info
from yiwang.exchange.rules.foreign import ForeignEntry, ForeignWay, choose, code_of, refuse_address, text_of
from yiwang.kernel.text import Text, text_from
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope

_MOST_LEFT_OUT = 200
_TITLE, _SUMMARY, _KEYWORD, _MOST_KEYWORDS = 300, 5000, 60, 30


@command(operation="exchange.harvest.record")
def record_harvest(
    *,
    actor: Actor,
    at: datetime,
    source: str,
    site: str,
    found: Sequence[ForeignEntry] | None,
    sha256: str = "",
    fault: Text | None = None,
) -> HarvestSourceInfo:
    """Take entries over, change those that changed, take out what is gone; all or nothing.

    ``found`` is None when the source could not be read: what is known of it stays. The same document twice
    changes nothing the second time.

    Raises:
        SourceNotFound: there is none, or it was stopped.
    """
    permit(Scope(everyone=True), subject=f"harvest:{source[:40]}")
    row = HarvestSource.objects.select_for_update().filter(key=source, stopped_at=None).first()
    if row is None:
        raise SourceNotFound(source=source[:40])
    run = HarvestRun(source=row, at=at, sha256=sha256, fault=fault.as_dict() if fault else None)
    if found is not None:
        _take_over(row, run, found, site=site, at=at)
    run.save(force_insert=True)
    row.due_at = at + timedelta(hours=row.every_hours)
    row.save(update_fields=["due_at"])
    emit("CatalogueHarvested", f"harvest:{row.key}", seen=run.seen, failed=fault is not None)
    return source_info(row)


def _take_over(
    row: HarvestSource, run: HarvestRun, found: Sequence[ForeignEntry], *, site: str, at: datetime
) -> None:
    before = entries_of(row.key)
    taken, left = choose(found, site=site, elsewhere=held_elsewhere(row.key))
    items = {code_of(row.key, entry.identifier): entry for entry in taken}
    for code, entry in items.items():
        item = _item(row, code, entry, known=before.get(code), at=at)
        if item != before.get(code) and put(item):
            run.added += code not in before
            run.changed += code in before
    for code in sorted(set(before) - set(items)):
        take_out(code)
        run.removed += 1
    run.seen = len(found)
    run.left_out = [one.model_dump(mode="json") for one in left[:_MOST_LEFT_OUT]]


def _item(row: HarvestSource, code: str, entry: ForeignEntry, *, known: Item | None, at: datetime) -> Item:
    """A foreign entry in our words; unless something changed it keeps the instant of its first reading."""
    title = text_of(entry.titles, most=_TITLE) or Text(code, code)
    source_title = text_from(row.title)
    ways = [_way(number, way) for number, way in enumerate(entry.ways) if not refuse_address(way.address)]
    words = [word.strip()[:_KEYWORD] for word in entry.keywords if word.strip()][:_MOST_KEYWORDS]

    def described(read_at: datetime) -> Item:
        return Item(
            code=code,
            origin=Origin.EXTERNAL,
            kind="external",
            title=title,
            summary=text_of(entry.summaries, most=_SUMMARY) or title,
            publisher=text_of(entry.publishers, most=_TITLE) or source_title,
            identifier=entry.identifier[:300],
            keywords=tuple(Text(word, word) for word in words),
            changed_at=read_at,
            distributions=tuple(ways),
            provenance=Provenance(
                source=row.key,
                source_title=source_title,
                identifier=entry.identifier[:300],
                address="" if refuse_address(entry.address) else entry.address,
                read_at=read_at,
                changed=entry.changed[:40],
            ),
        )

    if known is not None and known.provenance is not None:
        same = described(known.provenance.read_at)
        if same == known:
            return same
    return described(at)


def _way(number: int, way: ForeignWay) -> Distribution:
    title = way.title.strip()[:_TITLE] or way.format or f"#{number + 1}"
    return Distribution(
        key=f"d{number}",
        title=Text(title, title),
        address=way.address,
        format=way.format.upper()[:30],
        media_type=way.media_type[:100],
    )
