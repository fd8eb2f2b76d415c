"""What the API of openness takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from yiwang.platform.http.schemas import TextOut
from yiwang.portal.openness.contracts import AnswerRow, ItemRow, ItemView
from yiwang.portal.openness.rules.blocks import plain
from yiwang.portal.openness.rules.categories import Category, place_of

MOST = 2**63 - 1
Kind = Literal["policy", "explanation", "questions", "other"]


class CategoryOut(Schema):
    """A category of the list: where the law names it, and who answers for it in this city."""

    key: str
    article: int
    item: int
    title: TextOut
    place: TextOut
    owner: str

    @classmethod
    def of(cls, category: Category, owner: str) -> CategoryOut:
        """A category as the API shows it."""
        return cls(
            key=category.key,
            article=category.article,
            item=category.item,
            title=TextOut.of(category.title),
            place=TextOut.of(place_of(category)),
            owner=owner,
        )


class ItemOut(Schema):
    """An item of the catalogue; ``state`` is where a policy file stands today, null for other items."""

    id: int
    index_number: str
    kind: Kind
    organisation: str
    category: str
    theme: str
    document_number: str
    title: TextOut
    summary: TextOut
    made_on: date
    published_at: datetime | None
    from_day: date | None
    until: date | None
    state: str | None

    @classmethod
    def of(cls, row: ItemRow) -> ItemOut:
        """A published item as the API shows it."""
        return cls(
            id=row.id,
            index_number=row.index_number,
            kind=row.kind.value,
            organisation=row.organisation,
            category=row.category,
            theme=row.theme,
            document_number=row.document_number,
            title=TextOut.of(row.title),
            summary=TextOut.of(row.summary),
            made_on=row.made_on,
            published_at=row.published_at,
            from_day=row.from_day,
            until=row.until,
            state=row.state.value if row.state else None,
        )


class ActOut(Schema):
    """An act in the life of a policy file; ``done`` when this file does it to the other."""

    kind: str
    done: bool
    on: date
    until: date | None
    other: int | None
    title: TextOut


class PolicyLinkOut(Schema):
    """What belongs to a policy file: an item, or a service of the catalogue."""

    need: str
    title: TextOut
    item: int | None
    service: str


class ItemWholeOut(Schema):
    """An item with its text, its life and what belongs to it."""

    item: ItemOut
    text: str
    text_en: str
    has_file: bool
    acts: list[ActOut]
    links: list[PolicyLinkOut]
    explains: list[int]

    @classmethod
    def of(cls, view: ItemView) -> ItemWholeOut:
        """A published item, whole."""
        return cls(
            item=ItemOut.of(view.row),
            text=plain(view.body),
            text_en=plain(view.body_en),
            has_file=view.file is not None,
            acts=[
                ActOut(
                    kind=act.kind.value,
                    done=act.done,
                    on=act.on,
                    until=act.until,
                    other=act.other,
                    title=TextOut.of(act.title),
                )
                for act in view.acts
            ],
            links=[
                PolicyLinkOut(
                    need=link.need.value, title=TextOut.of(link.title), item=link.item, service=link.service
                )
                for link in view.links
            ],
            explains=[row.id for row in view.explains],
        )


class StateOut(Schema):
    """Where a policy file stands on a day."""

    on: date
    state: str
    text: TextOut
    holds: bool


class AnswerOut(Schema):
    """A shown answer to a request; nothing says who asked."""

    id: int
    organisation: str
    result: TextOut
    subject: str
    asked: str
    released: str
    withheld: str
    received_on: date
    answered_on: date
    published_at: datetime

    @classmethod
    def of(cls, row: AnswerRow) -> AnswerOut:
        """An answer as the API shows it."""
        return cls(
            id=row.id,
            organisation=row.organisation,
            result=TextOut.of(row.result),
            subject=row.words.subject,
            asked=row.words.asked,
            released=row.words.released,
            withheld=row.words.withheld,
            received_on=row.received_on,
            answered_on=row.answered_on,
            published_at=row.published_at,
        )


class ItemsOut(Schema):
    """A page of items in the order of their numbers; ask for the next with ``after``, null on the last."""

    items: list[ItemOut]
    after: int | None


class AnswersOut(Schema):
    """A page of answers in the order of their numbers; ask for the next with ``after``, null on the last."""

    answers: list[AnswerOut]
    after: int | None


class PageIn(Schema):
    """How a page is asked for."""

    after: int = Field(0, ge=0, le=MOST, description="Number of the last entry of the page before")
    limit: int = Field(50, ge=1, le=200)
    q: str = Field("", max_length=80, description="Every word must be found")
    organisation: str = Field("", max_length=60)
    year: int = Field(0, ge=0, le=9999, description="Year in which it was made or answered; 0 for any")


class ItemsIn(PageIn):
    """Items by what the catalogue says of them."""

    category: str = Field("", max_length=20)
    theme: str = Field("", max_length=20)
    kind: Kind | Literal[""] = ""
