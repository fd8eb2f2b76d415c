"""Begin a layer of cases: at the point of their address, for officers who find them in lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps.making.commands.begin_layer import faults_of_words, free_code, is_taken, opened
from yiwang.maps.making.contracts import CasesNotDrawable, LayerCodeTaken, SavedLayer
from yiwang.maps.making.queries.drafts import MAKE
from yiwang.maps.making.queries.drawable import drawable_cases
from yiwang.maps.making.rules.case_layers import COLOURED_BY, beginning_of_cases
from yiwang.maps.making.saving import or_refuse
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_NOT_SO = Text("办件按阶段、时限状态或事项分色", "Cases are coloured by phase, time limit or item")


@command(operation=MAKE)
def begin_case_layer(
    *,
    actor: Actor,
    at: datetime,
    items: Sequence[str],
    title: Text,
    summary: Text,
    group: Text,
    coloured_by: str = "phase",
    only_open: bool = True,
    code: str = "",
) -> SavedLayer:
    """Give a draft that could be published as it is: the cases of some items, those that are open or all.

    Raises:
        InvalidInput: the code or a text is not fit, or cases are not coloured so.
        CasesNotDrawable: an item is not there, asks for no address, or its cases are not for this officer.
        LayerCodeTaken: a layer or an open draft is called so.
    """
    owners = (actor.organisation,) if actor.organisation else ()
    permit(Scope(organisations=owners), subject="layers")
    problems = tuple(faults_of_words(code, title, summary, group))
    if coloured_by not in COLOURED_BY:
        problems = (*problems, FieldProblem("coloured_by", _NOT_SO))
    if problems:
        raise InvalidInput(problems=problems)
    chosen = tuple(dict.fromkeys(items))
    drawn = drawable_cases(actor, chosen)
    if drawn is None:
        raise CasesNotDrawable
    named = code or free_code(f"cases_{actor.organisation}")
    if is_taken(named):
        raise LayerCodeTaken(layer=named)
    content = beginning_of_cases(
        named,
        chosen,
        drawn.definition,
        coloured_by=coloured_by,
        only_open=only_open,
        title=title,
        summary=summary,
        group=group,
    )
    return opened(named, actor.organisation, or_refuse(actor, content), actor=actor, at=at)
