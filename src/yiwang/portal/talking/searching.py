"""Published letters in the city's one search, and what one may have a say in: drafts, surveys, votes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import translation

from yiwang.kernel.text import Text, text_from
from yiwang.portal.search.contracts import Document, KindOfResult
from yiwang.portal.talking.models import Consultation, Letter, Survey
from yiwang.portal.talking.queries.consultations import CONSULTATIONS
from yiwang.portal.talking.queries.letters import public_letters
from yiwang.portal.talking.queries.surveys import SURVEYS


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


class SaySource:
    """Drafts, surveys and votes that are or were out; ``draft-1``, ``survey-1``."""

    kind = KindOfResult(name=Text("征求意见和调查", "Consultations and surveys"), weight=0.6, order=60)

    def mark(self) -> str:
        """How many are out, and when the last one went out or was reported on; their words stand."""
        drafts = CONSULTATIONS.public().aggregate(Count("id"), Max("put_out_at"), Max("reported_at"))
        surveys = SURVEYS.public().aggregate(Count("id"), Max("put_out_at"))
        return "/".join(map(str, (*drafts.values(), *surveys.values())))

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Those that are public."""
        drafts = CONSULTATIONS.public().prefetch_related("sections")
        found = [*map(_draft, drafts), *map(_survey, SURVEYS.public())]
        return [document for document in found if keys is None or document.key in keys]


def _draft(row: Consultation) -> Document:
    with translation.override("zh-hans"):
        address = reverse("talking:consultation", args=[row.pk])
    sections = "\n".join(f"{section.title}\n{section.text}" for section in row.sections.all())
    return Document(
        key=f"draft-{row.pk}",
        title=text_from(row.title),
        summary=text_from(row.summary),
        keywords=("征求意见", "consultation"),
        text=f"{sections}\n{row.conclusion if row.reported_at else ''}",
        address=address,
        organisation=row.organisation,
        dated=row.opens_on,
    )


def _survey(row: Survey) -> Document:
    with translation.override("zh-hans"):
        address = reverse("talking:survey", args=[row.pk])
    return Document(
        key=f"survey-{row.pk}",
        title=text_from(row.title),
        summary=text_from(row.summary),
        keywords=("问卷调查", "survey"),
        address=address,
        organisation=row.organisation,
        dated=row.opens_on,
    )
