"""Begin to make a layer of one's own organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count

from django.db import IntegrityError, transaction

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps.definitions import CODE
from yiwang.maps.making.contracts import LayerCodeTaken, RegisterNotDrawable, SavedLayer
from yiwang.maps.making.queries.drafts import KIND, MAKE
from yiwang.maps.making.queries.drawable import drawable
from yiwang.maps.making.rules.starting import beginning
from yiwang.maps.making.saving import account_of, or_refuse
from yiwang.maps.models import Layer, LayerDraft
from yiwang.packs.api import find_drawn
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.api import faults_of_pair

#: A code has 41 signs: room is left for an underscore and five figures.
_LONGEST_STEM = 35
_WRONG_CODE = Text(
    "编码用 2 至 41 个小写字母、数字和下划线，以字母开头",
    "A code is 2 to 41 small letters, digits and underscores, a letter first",
)


@command(operation=MAKE)
def begin_layer(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    title: Text,
    summary: Text,
    group: Text,
    shape: str | None = None,
    code: str = "",
) -> SavedLayer:
    """Give a draft that could be published as it is. Without a code it gets one after its register.

    Raises:
        InvalidInput: the code or a text is not fit.
        RegisterNotDrawable: there is no such register, or it is not for this officer.
        LayerCodeTaken: a layer or an open draft is called so.
    """
    owners = (actor.organisation,) if actor.organisation else ()
    permit(Scope(organisations=owners), subject="layers")
    problems = tuple(faults_of_words(code, title, summary, group))
    if problems:
        raise InvalidInput(problems=problems)
    drawn = drawable(actor, register, shape)
    if drawn is None:
        raise RegisterNotDrawable
    named = code or free_code(f"{register[:26]}_{actor.organisation}")
    if is_taken(named):
        raise LayerCodeTaken(layer=named)
    content = beginning(
        named, drawn.definition, drawn.shape, drawn.clear, title=title, summary=summary, group=group
    )
    return opened(named, actor.organisation, or_refuse(actor, content), actor=actor, at=at)


def opened(code: str, owner: str, content: dict[str, Json], *, actor: Actor, at: datetime) -> SavedLayer:
    """Keep a new draft.

    Raises:
        LayerCodeTaken: there is an open draft of the code.
    """
    account = account_of(actor)
    try:
        with transaction.atomic():
            row = LayerDraft.objects.create(
                code=code,
                owner=owner,
                content=content,
                begun_at=at,
                begun_by=account,
                saved_at=at,
                saved_by=account,
            )
    except IntegrityError as problem:
        raise LayerCodeTaken(layer=code) from problem
    note(layer=code, draft=row.pk)
    return SavedLayer(draft=row.pk, version=row.version)


def is_taken(code: str) -> bool:
    """Whether a layer is or ever was called so: what was linked to never becomes another layer."""
    return Layer.objects.filter(code=code).exists() or find_drawn(KIND, code, retired=True) is not None


def free_code(stem: str) -> str:
    """The stem, cut to leave room, with the first number that no layer and no draft bears."""
    stem = stem[:_LONGEST_STEM]
    taken = set(Layer.objects.filter(code__startswith=stem).values_list("code", flat=True))
    taken |= set(LayerDraft.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(name for place in count(1) if (name := f"{stem}_{place}") not in taken)


def faults_of_words(code: str, title: Text, summary: Text, group: Text) -> Iterator[FieldProblem]:
    """What of a new layer's code and texts is not fit."""
    if code and not re.fullmatch(CODE, code):
        yield FieldProblem("code", _WRONG_CODE)
    for path, pair in (("title", title), ("summary", summary), ("group", group)):
        yield from faults_of_pair(path, pair)
