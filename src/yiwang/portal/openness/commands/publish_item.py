"""Publish an item, or take it back; whoever wrote it last does not publish it."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.contracts import FourEyes, ItemIsNotPublic, ItemIsPublic, WrittenMeanwhile
from yiwang.portal.openness.gate import blocking
from yiwang.portal.openness.operations import PUBLISH
from yiwang.portal.openness.queries.drafts import content_of
from yiwang.portal.openness.writing import locked_item
from yiwang.portal.search.api import ask_again

SEARCHED_AS = "openness"
_MOST_REASON = 300
_NOTHING = Text("正文和附件都没有内容", "There is neither a text nor a file")
_WHY = Text("请写明撤回理由，不超过{most}字", "Say why it is withdrawn, in {most} characters at most")


@command(operation=PUBLISH)
def publish_item(*, actor: Actor, at: datetime, item: int, version: int) -> None:
    """Make public what the publisher has seen.

    Raises:
        ItemNotFound, ItemIsPublic, WrittenMeanwhile: it is not there, or not as it was.
        FourEyes: the publisher wrote it.
        InvalidInput: it is empty, or the gate keeps it in.
    """
    row = locked_item(item)
    permit(Scope(organisations=(row.organisation,)), subject=f"openness:{row.pk}")
    if row.published_at is not None:
        raise ItemIsPublic
    if row.version != version:
        raise WrittenMeanwhile
    if row.written_by == actor.account_id:
        raise FourEyes
    content = content_of(row)
    problems = [*blocking(content, on=localdate(at))]
    if not content.body and row.file_id is None:
        problems.insert(0, FieldProblem("body", _NOTHING))
    if problems:
        raise InvalidInput(problems=tuple(problems))
    row.published_by, row.published_at, row.withdrawn_for = actor.account_id, at, ""
    row.save(update_fields=["published_by", "published_at", "withdrawn_for"])
    ask_again(kind=SEARCHED_AS, key=str(row.pk), at=at)
    note(index_number=row.index_number)
    emit("openness.item_published", f"openness:{row.pk}", index_number=row.index_number)


@command(operation=PUBLISH)
def withdraw_item(*, actor: Actor, at: datetime, item: int, reason: str) -> None:
    """Take a public item back to the desk.

    Raises:
        ItemNotFound, ItemIsNotPublic, InvalidInput.
    """
    row = locked_item(item)
    permit(Scope(organisations=(row.organisation,)), subject=f"openness:{row.pk}")
    if row.published_at is None:
        raise ItemIsNotPublic
    said = reason.strip()
    if not said or len(said) > _MOST_REASON:
        raise InvalidInput(problems=(FieldProblem("reason", _WHY.fill(most=_MOST_REASON)),))
    row.published_by, row.published_at, row.withdrawn_for = None, None, said
    row.version += 1
    row.save(update_fields=["published_by", "published_at", "withdrawn_for", "version"])
    ask_again(kind=SEARCHED_AS, key=str(row.pk), at=at)
    note(index_number=row.index_number)
    emit("openness.item_withdrawn", f"openness:{row.pk}", index_number=row.index_number)
