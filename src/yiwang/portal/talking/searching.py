"""In the city's one search: published letters, and what one may have a say in."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone, translation

from yiwang.kernel.text import Text, text_from
from yiwang.portal.search.contracts import Document, KindOfResult
from yiwang.portal.talking.models import Budget, Consultation, Letter, Proposal, Survey
from yiwang.portal.talking.queries.budgets import BUDGETS, projects_in
from yiwang.portal.talking.queries.consultations import CONSULTATIONS
from yiwang.portal.talking.queries.letters import public_letters
from yiwang.portal.talking.queries.proposals import public_proposals
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
    """What is or was out: ``draft-1``, ``survey-1``, ``proposal-1``, ``budget-1``."""

    kind = KindOfResult(name=Text("征求意见和调查", "Consultations and surveys"), weight=0.6, order=60)

    def mark(self) -> str:
        """How many are out, and when the last one went out or had its result; their words stand."""
        marks = (
            CONSULTATIONS.public().aggregate(Count("id"), Max("put_out_at"), Max("reported_at")),
            SURVEYS.public().aggregate(Count("id"), Max("put_out_at")),
            public_proposals().aggregate(Count("id"), Max("published_at"), Max("answered_at")),
            BUDGETS.public().aggregate(Count("id"), Max("put_out_at")),
        )
        return "/".join(str(value) for mark in marks for value in mark.values())

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Those that are public."""
        drafts = CONSULTATIONS.public().prefetch_related("sections")
        found = [
            *map(_draft, drafts),
            *map(_survey, SURVEYS.public()),
            *map(_proposal, public_proposals()),
            *map(_budget, BUDGETS.public()),
        ]
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


def _proposal(row: Proposal) -> Document:
    """As it may be read, which isn't always as it was written; who made it is not told."""
    with translation.override("zh-hans"):
        address = reverse("talking:proposal", args=[row.pk])
    return Document(
        key=f"proposal-{row.pk}",
        # written in Chinese, and not translated
        title=Text(row.title, ""),
        summary=Text(row.body[:200], ""),
        keywords=("群众建议", "proposal"),
        text=f"{row.body}\n{row.answer}",
        address=address,
        organisation=row.organisation,
        dated=timezone.localdate(row.published_at) if row.published_at is not None else None,
    )


def _budget(row: Budget) -> Document:
    with translation.override("zh-hans"):
        address = reverse("talking:budget", args=[row.pk])
    projects = projects_in(row)
    return Document(
        key=f"budget-{row.pk}",
        title=text_from(row.title),
        summary=text_from(row.summary),
        keywords=("预算投票", "participatory budget"),
        text="\n".join(f"{each.title}\n{each.text}" for each in projects),
        address=address,
        organisation=row.organisation,
        dated=row.opens_on,
    )
