"""Drafts of an organisation's layers, and what it published."""

from __future__ import annotations

import json

from django.db.models import Max
from django.utils import timezone

from yiwang.identity.api import account_names
from yiwang.maps.definitions import LayerDefinition
from yiwang.maps.making.contracts import (
    LayerDraftChanged,
    LayerDraftNotFound,
    LayerDraftView,
    LayerNotMade,
    VersionView,
)
from yiwang.maps.models import LayerDraft, LayerVersion
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Json, Scope

KIND = "layers"
MAKE = "maps.layer.make"


def reaches(actor: Actor, owner: str) -> bool:
    """Whether the actor makes layers for this organisation."""
    judge = guard()
    return bool(owner) and judge.may(actor, MAKE) and judge.covers(actor, MAKE, Scope(organisations=(owner,)))


def find_draft(draft: int, *, lock: bool = False) -> LayerDraft:
    """The row of an open draft.

    Raises:
        LayerDraftNotFound: there is none, or it has ended.
    """
    rows = LayerDraft.objects.select_for_update() if lock else LayerDraft.objects
    row = rows.filter(pk=draft, state=LayerDraft.DRAFT).first()
    if row is None:
        raise LayerDraftNotFound
    return row


def refuse_stale(row: LayerDraft, version: int) -> None:
    """Whoever acts has seen the draft as it stands.

    Raises:
        LayerDraftChanged: somebody saved it since; says who and when.
    """
    if row.version != version:
        who = account_names([row.saved_by]).get(row.saved_by) or "—"
        when = timezone.localtime(row.saved_at).strftime("%Y-%m-%d %H:%M")
        raise LayerDraftChanged(who=who, when=when)


def get_layer_draft(*, actor: Actor, draft: int) -> LayerDraftView:
    """An open draft of the actor's organisation.

    Raises:
        LayerDraftNotFound: there is none, or it is another's.
    """
    row = find_draft(draft)
    if not reaches(actor, row.owner):
        raise LayerDraftNotFound
    return _view(row)


def list_layer_drafts(*, actor: Actor) -> list[LayerDraftView]:
    """Open drafts of the actor's organisation, by code."""
    if not reaches(actor, actor.organisation):
        return []
    rows = LayerDraft.objects.filter(owner=actor.organisation, state=LayerDraft.DRAFT)
    return [_view(row) for row in rows.order_by("code")]


def list_made_layers(*, actor: Actor) -> list[VersionView]:
    """The latest version of every layer that the actor's organisation made, by code."""
    if not reaches(actor, actor.organisation):
        return []
    rows = LayerVersion.objects.filter(owner=actor.organisation).order_by("code", "-number").distinct("code")
    return [_version(row) for row in rows]


def list_layer_versions(*, actor: Actor, layer: str) -> list[VersionView]:
    """All versions of a layer that the actor's organisation made, the latest first.

    Raises:
        LayerNotMade: it made none of this code.
    """
    rows = LayerVersion.objects.filter(code=layer).order_by("-number")
    found = [_version(row) for row in rows if reaches(actor, row.owner)]
    if not found:
        raise LayerNotMade(layer=layer[:41])
    return found


def number_in_force(code: str) -> int:
    """The number of the version of a made layer that is in force; 0 where there is none."""
    row = LayerVersion.objects.filter(code=code).order_by("-number").first()
    return 0 if row is None or row.is_withdrawal else row.number


def next_number(code: str) -> int:
    """The number of a layer's next version."""
    last = LayerVersion.objects.filter(code=code).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def as_layer(content: Json) -> LayerDefinition:
    """A definition that was checked before it was kept."""
    return LayerDefinition.model_validate_json(json.dumps(content))


def _view(row: LayerDraft) -> LayerDraftView:
    return LayerDraftView(
        id=row.pk,
        code=row.code,
        owner=row.owner,
        version=row.version,
        layer=as_layer(row.content),
        content=row.content,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        published=number_in_force(row.code),
    )


def _version(row: LayerVersion) -> VersionView:
    return VersionView(
        code=row.code,
        number=row.number,
        owner=row.owner,
        layer=as_layer(row.content),
        content=row.content,
        is_withdrawal=row.is_withdrawal,
        at=row.at,
        account_id=row.account_id,
    )
