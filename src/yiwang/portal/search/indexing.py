"""Puts documents into the index and takes them out. Only the worker and jobs import this: it loads pypinyin.

A source is read anew once its mark differs, so what was applied while no worker ran is found later.
A single document is read anew when somebody asks so (``ask_again``); its row waits until that is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from importlib.metadata import version

from django.db import transaction

from yiwang.platform import sql
from yiwang.portal.search.contracts import PUBLIC, SOURCES, Document, Source
from yiwang.portal.search.knowing import know_characters, know_words
from yiwang.portal.search.models import Beginning, Indexed, SourceMark, Waiting
from yiwang.portal.search.rules.spelling import beginnings, spellings
from yiwang.portal.search.rules.words import folded, vector_of

#: Raised by one when what is kept of a document changes.
_SHAPE = 2
_MADE_BY = f"{_SHAPE}/{version('rjieba')}/{version('pypinyin')}/{version('opencc-python-reimplemented')}"
#: Documents that one round takes at most; the worker has other loops.
_MOST_WAITING = 200


def index_changes(at: datetime) -> int:
    """Read what has changed; gives how many documents are new, other or gone."""
    know_characters(at)
    return sum(read_source(kind, source, at=at) for kind, source in SOURCES) + read_waiting(at)


@transaction.atomic
def read_source(kind: str, source: Source, *, at: datetime) -> int:
    """Read a whole source if its mark differs from the kept one."""
    mark = f"{_MADE_BY}:{source.mark()}"[:200]
    if SourceMark.objects.filter(kind=kind, mark=mark).exists():
        return 0
    SourceMark.objects.get_or_create(kind=kind, defaults={"mark": "", "read_at": at})
    kept = SourceMark.objects.select_for_update(skip_locked=True).filter(kind=kind).first()
    if kept is None or kept.mark == mark:
        return 0
    changed = _write(kind, source, None, at=at)
    kept.mark, kept.read_at = mark, at
    kept.save(update_fields=["mark", "read_at"])
    return changed


@transaction.atomic
def read_waiting(at: datetime) -> int:
    """Read the documents that somebody asked for."""
    rows = list(Waiting.objects.select_for_update(skip_locked=True).order_by("id")[:_MOST_WAITING])
    changed = 0
    for kind in sorted({row.kind for row in rows} & {kind for kind, _ in SOURCES}):
        keys = {row.key for row in rows if row.kind == kind}
        changed += _write(kind, SOURCES.get(kind), keys, at=at)
    Waiting.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return changed


def _write(kind: str, source: Source, keys: Collection[str] | None, *, at: datetime) -> int:
    known = Indexed.objects.filter(kind=kind)
    if keys is not None:
        known = known.filter(key__in=keys)
    digests = dict(known.values_list("key", "digest"))
    there: set[str] = set()
    changed = 0
    for document in source.documents(keys):
        there.add(document.key)
        digest = hashlib.sha256(f"{_MADE_BY}:{document!r}".encode()).hexdigest()
        if digests.get(document.key) != digest:
            _put(kind, document, digest, at=at)
            changed += 1
    gone = set(digests) - there
    if gone:
        known.filter(key__in=gone).delete()
    return changed + len(gone)


def _put(kind: str, document: Document, digest: str, *, at: datetime) -> None:
    titles = [title for title in (document.title.zh, document.title.en) if title]
    row, _ = Indexed.objects.update_or_create(
        kind=kind,
        key=document.key,
        defaults={
            "title_zh": document.title.zh[:400],
            "title_en": document.title.en[:400],
            "folded": [folded(title)[:400] for title in titles],
            "summary_zh": document.summary.zh,
            "summary_en": document.summary.en,
            "address": document.address,
            "readers": list(document.readers),
            "organisation": document.organisation,
            "dated": document.dated,
            "weight": document.weight,
            "digest": digest,
            "indexed_at": at,
        },
    )
    named = [("A", title) for title in titles] + [("B", word) for word in document.keywords if word]
    # spellings are found, but are no words of the title
    named += [("B", spellings(title)) for title in titles]
    said = [("C", document.summary.zh), ("C", document.summary.en), ("D", document.text)]
    sql.execute(
        "UPDATE search_indexed SET title_words = %(title)s::tsvector, words = %(all)s::tsvector"
        " WHERE id = %(id)s",
        {"title": vector_of(named), "all": vector_of(named + said), "id": row.pk},
    )
    if PUBLIC in document.readers:
        know_words(titles, with_pairs=SOURCES.get(kind).kind.usable)
    Beginning.objects.filter(document=row).delete()
    letters = dict.fromkeys(start for title in titles for start in beginnings(title))
    Beginning.objects.bulk_create(Beginning(document=row, letters=start[:60]) for start in letters)
