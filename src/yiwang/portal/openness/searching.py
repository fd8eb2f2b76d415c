"""Published items in the city's one search, policy files with their state."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone, translation

from yiwang.kernel.text import Text, text_from
from yiwang.portal.openness.models import Item, PublicAnswer
from yiwang.portal.openness.queries.answers import public_answers
from yiwang.portal.openness.queries.items import public_items
from yiwang.portal.openness.queries.lives import states_of
from yiwang.portal.openness.rules.blocks import from_stored, plain
from yiwang.portal.openness.rules.life import HOLDS
from yiwang.portal.openness.rules.links import ItemKind
from yiwang.portal.search.contracts import Document, KindOfResult

#: What holds no more is found below what holds.
_ENDED = 0.5
_PART = 200


class ItemSource:
    """Items by the number of their public page."""

    kind = KindOfResult(name=Text("政策和公开信息", "Policies and disclosure"), weight=0.8, order=30)

    def mark(self) -> str:
        """Each item tells of itself when it is published, withdrawn, amended or repealed."""
        return "1"

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Those that are public now."""
        rows = public_items()
        if keys is not None:
            rows = rows.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
        return (_document(row) for row in rows.iterator(chunk_size=_PART))


def _document(row: Item) -> Document:
    with translation.override("zh-hans"):
        address = reverse("openness:item", args=[row.pk])
    holds = True
    if row.kind == ItemKind.POLICY:
        state, _ = states_of([row], on=timezone.localdate())[row.pk]
        holds = state in HOLDS
    return Document(
        key=str(row.pk),
        title=text_from(row.title),
        summary=text_from(row.summary),
        keywords=tuple(filter(None, (row.document_number, row.index_number))),
        text=f"{plain(from_stored(row.body))}\n{plain(from_stored(row.body_en))}",
        address=address,
        organisation=row.organisation,
        dated=row.made_on,
        weight=1.0 if holds else _ENDED,
    )


class AnswerSource:
    """Shown answers to requests by the number of their public page."""

    kind = KindOfResult(name=Text("依申请公开答复", "Answers to requests"), weight=0.55, order=70)

    def mark(self) -> str:
        """Each answer tells of itself when it is shown or taken down."""
        return "1"

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Those that are shown now."""
        rows = public_answers()
        if keys is not None:
            rows = rows.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
        return (_answer(row) for row in rows.iterator(chunk_size=_PART))


def _answer(row: PublicAnswer) -> Document:
    with translation.override("zh-hans"):
        address = reverse("openness:answer", args=[row.pk])
    return Document(
        key=str(row.pk),
        # written in Chinese, and not translated
        title=Text(row.subject, ""),
        summary=Text(row.released[:200], ""),
        text=f"{row.asked}\n{row.released}\n{row.withheld}",
        address=address,
        dated=row.answered_on,
    )
