"""Say what one policy file does to another; a second officer confirms it, then it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.contracts import ActNotFound, ActRefused, FourEyes
from yiwang.portal.openness.models import FileAct, Item
from yiwang.portal.openness.operations import PUBLISH, WRITE
from yiwang.portal.openness.queries.lives import life_act_of, life_file_of, lock_lives
from yiwang.portal.openness.rules.life import FAULT_TEXTS, ActKind, Fault, fault_of
from yiwang.portal.openness.rules.links import ItemKind
from yiwang.portal.openness.writing import locked_item
from yiwang.portal.search.api import ask_again

SEARCHED_AS = "openness"
_BY_WHAT = Text("请填写所依据文件的索引号或者名称", "Give the index number or the name of the acting file")
_MOST_TITLE = 200
#: An act that has no number yet comes after all that have.
_LAST = 2**62


@command(operation=WRITE)
def enter_act(
    *,
    actor: Actor,
    at: datetime,
    item: int,
    kind: ActKind,
    on: date,
    by: str = "",
    by_title: str = "",
    until: date | None = None,
) -> int:
    """Enter an act on a policy file of one's own agency; ``by`` is the index number of the acting file.

    Raises:
        ItemNotFound: no such file.
        InvalidInput: the acting file is not named.
        ActRefused: the lives of the files do not allow it.
    """
    row = locked_item(item)
    permit(Scope(organisations=(row.organisation,)), subject=f"openness:{row.pk}")
    acting = (
        Item.objects.filter(index_number=by.strip(), kind=ItemKind.POLICY).first() if by.strip() else None
    )
    title = by_title.strip()
    if (acting is None and (by.strip() or not title)) or len(title) > _MOST_TITLE:
        raise InvalidInput(problems=(FieldProblem("by", _BY_WHAT),))
    made = FileAct(
        kind=kind,
        target=row,
        by=acting,
        by_title="" if acting else title,
        on=on,
        until=until if kind is ActKind.PROLONG else None,
        entered_by=actor.account_id or 0,
        entered_at=at,
    )
    _refuse_faults([made])
    made.save()
    note(index_number=row.index_number, kind=kind, on=on.isoformat())
    return made.pk


@command(operation=PUBLISH)
def confirm_act(*, actor: Actor, at: datetime, act: int) -> None:
    """Let an act count that another officer has entered.

    Raises:
        ActNotFound: none waits.
        FourEyes: one's own.
        ActRefused: meanwhile the lives of the files do not allow it any more.
    """
    row = _waiting(act)
    if row.entered_by == actor.account_id:
        raise FourEyes
    _refuse_faults([row])
    row.confirmed_by, row.confirmed_at = actor.account_id, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    ask_again(kind=SEARCHED_AS, key=str(row.target_id), at=at)
    note(index_number=row.target.index_number, kind=row.kind)
    emit("openness.life_changed", f"openness:{row.target_id}", act=row.pk)


@command(operation=PUBLISH)
def drop_act(*, actor: Actor, at: datetime, act: int) -> None:
    """Throw away an act that nobody has confirmed; raises ActNotFound."""
    row = _waiting(act)
    note(index_number=row.target.index_number, kind=row.kind)
    row.delete()


def _waiting(act: int) -> FileAct:
    row = FileAct.objects.select_for_update(of=("self",)).select_related("target").filter(pk=act).first()
    if row is None or row.confirmed_at is not None:
        raise ActNotFound
    permit(Scope(organisations=(row.target.organisation,)), subject=f"openness:{row.target_id}")
    return row


def _refuse_faults(wanted: Sequence[FileAct]) -> None:
    lock_lives()
    rows = [*FileAct.objects.filter(confirmed_at__isnull=False), *wanted]
    ids = {row.target_id for row in rows} | {row.by_id for row in rows if row.by_id is not None}
    files = {found.pk: life_file_of(found) for found in Item.objects.filter(pk__in=ids, kind=ItemKind.POLICY)}
    acts = [life_act_of(row, last=_LAST) for row in rows]
    if any(act.by is not None and act.by not in files for act in acts):
        raise ActRefused(reason=FAULT_TEXTS[Fault.UNKNOWN])
    fault = fault_of(files, acts)
    if fault is not None:
        raise ActRefused(reason=FAULT_TEXTS[fault])
