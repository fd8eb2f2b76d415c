"""The city's notices: news about things, behind the things themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import translation

from yiwang.kernel.text import Text
from yiwang.portal.definitions import Notice
from yiwang.portal.queries.notices import notices
from yiwang.portal.search.contracts import Document, KindOfResult


class NoticeSource:
    """Notices of ``cities/<code>/notices.yaml``."""

    kind = KindOfResult(name=Text("通知公告", "Notices"), weight=0.4, order=90)

    def mark(self) -> str:
        """The whole file's content: it is short and read once."""
        return hashlib.sha256(repr(notices()).encode()).hexdigest()

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Notices by their code."""
        return [_document(notice) for notice in notices() if keys is None or notice.code in keys]


def _document(notice: Notice) -> Document:
    with translation.override("zh-hans"):
        address = reverse("portal:notice", args=[notice.code])
    return Document(
        key=notice.code,
        title=notice.title,
        summary=notice.paragraphs[0],
        text="\n".join(line for text in notice.paragraphs for line in (text.zh, text.en)),
        address=address,
        dated=notice.published,
    )
