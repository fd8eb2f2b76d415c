"""Puts documents into the index and takes them out. Only the worker and jobs import this: it loads pypinyin.

A source is read anew once its mark differs, so what was applied while no worker ran is found later.
A single document is read anew when somebody asks so (``ask_again``); its row waits until that is done.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection
from datetime import datetime
from importlib.metadata import version

from django.db import transaction

from yiwang.portal.search.contracts import SOURCES, Document, Source
from yiwang.portal.search.knowing import know_characters
from yiwang.portal.search.models import Indexed, SourceMark, Waiting
from yiwang.portal.search.writing import gather_words, merge_words, write_documents

#: Raised by one when what is kept of a document changes.
_SHAPE = 3
_MADE_BY = f"{_SHAPE}/{version('rjieba')}/{version('pypinyin')}/{version('opencc-python-reimplemented')}"
#: Documents that one round takes at most; the worker has other loops.
_MOST_WAITING = 200
#: Documents that are written at once.
_AT_ONCE = 200
#: From so many on, words are gathered and merged into the index at the end.
_MANY = 2_000


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
    changed, gathered = 0, False
    documents = iter(source.documents(keys))
    while some := list(itertools.islice(documents, _AT_ONCE)):
        if changed >= _MANY and not gathered:
            gather_words()
            gathered = True
        there.update(document.key for document in some)
        by_digest = {digest_of(document): document for document in some}
        fresh = {
            digest: document for digest, document in by_digest.items() if digests.get(document.key) != digest
        }
        write_documents(kind, fresh, digests, usable=source.kind.usable, at=at)
        changed += len(fresh)
    if gathered:
        merge_words()
    gone = set(digests) - there
    if gone:
        known.filter(key__in=gone).delete()
    return changed + len(gone)


def digest_of(document: Document) -> str:
    """Equal for documents that need no new words."""
    return hashlib.sha256(f"{_MADE_BY}:{document!r}".encode()).hexdigest()
