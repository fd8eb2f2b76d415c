"""Published letters in the city's one search: what others asked, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import translation

from yiwang.kernel.text import Text
from yiwang.portal.search.contracts import Document, KindOfResult
from yiwang.portal.talking.models import Letter
from yiwang.portal.talking.queries.letters import public_letters


class LetterSource:
    """Letters by the number of their public page."""

    kind = KindOfResult(name=Text("来信和答复", "Letters and replies"), weight=0.5, order=80)

    def mark(self) -> str:
        """Each letter tells of itself when it is published or taken down."""
        return "1"

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Those that are public now."""
        rows = public_letters()
        if keys is not None:
            rows = rows.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
        return (_document(row) for row in rows.iterator(chunk_size=500))


def _document(row: Letter) -> Document:
    with translation.override("zh-hans"):
        address = reverse("talking:letter", args=[row.pk])
    return Document(
        key=str(row.pk),
        # written in Chinese, and not translated
        title=Text(row.subject, ""),
        summary=Text(row.reply[:200], ""),
        text=f"{row.letter}\n{row.reply}",
        address=address,
        dated=row.answered_on,
    )
