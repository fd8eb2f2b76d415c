"""``/api/openness``: the catalogue of what is disclosed, the states of policy files, shown answers.

Only what is published is found here, whoever asks; each answer has an ETag.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router, Schema

from yiwang.platform.http.etag import tagged
from yiwang.platform.http.schemas import TextOut, refusals
from yiwang.portal.openness import api
from yiwang.portal.openness.rest.schemas import (
    MOST,
    AnswerOut,
    AnswersOut,
    CategoryOut,
    ItemOut,
    ItemsIn,
    ItemsOut,
    ItemWholeOut,
    PageIn,
    StateOut,
)
from yiwang.portal.openness.rules.categories import CATEGORIES
from yiwang.portal.openness.rules.life import HOLDS, STATE_TEXTS

router = Router(tags=["openness"])
Id = Annotated[int, Path(ge=1, le=MOST)]
REFUSED = refusals(404, 422)


@router.get("/categories", response=list[CategoryOut], summary="Categories of Articles 20 and 21")
def list_categories(request: HttpRequest) -> list[CategoryOut]:
    """Give the categories with who answers for each in this city."""
    owners = api.category_owners()
    return [CategoryOut.of(category, owners.get(key, "")) for key, category in CATEGORIES.items()]


@router.get("/items", response={200: ItemsOut, **REFUSED}, summary="A page of the catalogue")
def list_items(request: HttpRequest, page: Query[ItemsIn]) -> HttpResponse:
    """Give published items by keyset, as the filters leave them."""
    wanted = api.Wanted(
        words=page.q,
        organisation=page.organisation,
        category=page.category,
        theme=page.theme,
        kind=page.kind,
        year=page.year,
    )
    found = list(api.public_items(wanted).filter(pk__gt=page.after).order_by("pk")[: page.limit])
    items = [ItemOut.of(row) for row in api.item_rows(found, at=timezone.now())]
    after = found[-1].pk if len(found) == page.limit else None
    return _given(request, ItemsOut(items=items, after=after))


@router.get("/items/{item}", response={200: ItemWholeOut, **REFUSED}, summary="One item")
def get_item(request: HttpRequest, item: Id) -> HttpResponse:
    """Give an item with its text, its life and what belongs to it."""
    return _given(request, ItemWholeOut.of(api.public_item(item, at=timezone.now())))


@router.get("/policies/{item}/state", response={200: StateOut, **REFUSED}, summary="Its state on a day")
def get_state(request: HttpRequest, item: Id, on: date | None = None) -> HttpResponse:
    """Give where a policy file stands on a day, today when none is given."""
    day = on or timezone.localdate()
    state = api.policy_state(item, on=day)
    text = TextOut.of(STATE_TEXTS[state])
    return _given(request, StateOut(on=day, state=state.value, text=text, holds=state in HOLDS))


@router.get("/answers", response={200: AnswersOut, **REFUSED}, summary="A page of shown answers")
def list_answers(request: HttpRequest, page: Query[PageIn]) -> HttpResponse:
    """Give shown answers by keyset, as the filters leave them."""
    rows = api.public_answers(words=page.q, organisation=page.organisation, year=page.year)
    found = list(rows.filter(pk__gt=page.after).order_by("pk")[: page.limit])
    after = found[-1].pk if len(found) == page.limit else None
    answers = [AnswerOut.of(api.answer_row(row)) for row in found]
    return _given(request, AnswersOut(answers=answers, after=after))


@router.get("/answers/{answer}", response={200: AnswerOut, **REFUSED}, summary="One shown answer")
def get_answer(request: HttpRequest, answer: Id) -> HttpResponse:
    """Give a shown answer."""
    return _given(request, AnswerOut.of(api.public_answer(answer)))


def _given(request: HttpRequest, body: Schema) -> HttpResponse:
    return tagged(request, body.model_dump_json())
