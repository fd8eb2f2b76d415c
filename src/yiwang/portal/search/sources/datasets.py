"""Open data: what the public catalogue offers to everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import translation

from yiwang.exchange.api import Item, all_entries, catalogue_mark
from yiwang.kernel.text import Text
from yiwang.portal.search.contracts import Document, KindOfResult


class DatasetSource:
    """Entries of the public catalogue by their code; the catalogue itself shows them to everybody."""

    kind = KindOfResult(name=Text("数据目录", "Data"), weight=0.6, order=40)

    def mark(self) -> str:
        """How many entries there are, and when the last one changed."""
        return hashlib.sha256(catalogue_mark().encode()).hexdigest()

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Entries by their code."""
        return [_document(item) for item in all_entries() if keys is None or item.code in keys]


def _document(item: Item) -> Document:
    with translation.override("zh-hans"):
        address = reverse("catalogue:entry", args=[item.code])
    said = [item.publisher, *(line.title for line in item.lines)]
    return Document(
        key=item.code,
        title=item.title,
        summary=item.summary,
        keywords=tuple(word for text in item.keywords for word in (text.zh, text.en) if word),
        text="\n".join(word for text in said for word in (text.zh, text.en)),
        address=address,
        organisation=item.owner,
        dated=item.changed_at.date(),
    )
