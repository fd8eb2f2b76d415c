"""Situations as one reader sees them now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone

from yiwang.cases.definitions.tables import explained
from yiwang.insight.situations.contracts import (
    BoardView,
    InForce,
    ListView,
    SituationNotFound,
    SituationView,
)
from yiwang.insight.situations.definitions import Level, ListedRegister, SituationDefinition
from yiwang.insight.situations.kinds import model_of
from yiwang.insight.situations.models import Situation
from yiwang.insight.situations.queries.boards import read_judged
from yiwang.insight.situations.queries.readings import EAST, NORTH, names_of, read_outline
from yiwang.insight.situations.queries.responses import find_in_force, may_decide
from yiwang.insight.situations.rules.judging import asked_of
from yiwang.kernel.feel import Json
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers.api import Asked, get_register, list_entries, list_reach
from yiwang.registers.definitions import FieldKind, RegisterDefinition

_MOST_LISTED = 200
#: Units of the drawing around what is drawn.
_MARGIN = 12
_NOTHING = Text("—", "—")
_YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}


def list_situations(actor: Actor | None) -> tuple[SituationDefinition, ...]:
    """Give those that are for a reader, in their order."""
    found = (model_of(content) for content in _applied().values_list("content", flat=True))
    return tuple(
        sorted((each for each in found if is_for(each, actor)), key=lambda each: (each.order, each.code))
    )


def read_situation(actor: Actor | None, code: str, *, at: datetime) -> SituationView:
    """Read one as things stand now.

    Raises:
        SituationNotFound: there is none, or it is not for this reader.
        RegisterNotFound, TimeLimitReached
    """
    definition, tables = _found(actor, code)
    boards = tuple(read_judged(board, tables[board.decision], at=at).view for board in definition.boards)
    suggested, reasons = _suggested(definition, boards, tables)
    outline, box = read_outline(definition.outline) if definition.outline else ("", None)
    return SituationView(
        definition=definition,
        boards=boards,
        suggested=suggested,
        reasons=reasons,
        plans=_plan(actor, definition, suggested, at=at),
        in_force=_in_force(actor, definition, at=at),
        may_decide=(
            definition.suggestion is not None
            and definition.suggestion.responses is not None
            and may_decide(actor, definition.suggestion.responses)
        ),
        lists=tuple(
            view
            for each in definition.lists
            if (view := _list(actor, each, each.only_values, at=at)) is not None
        ),
        outline=outline,
        frame=_frame(boards, box),
    )


def find_situation(actor: Actor | None, code: str) -> SituationDefinition:
    """Give what is declared of one.

    Raises:
        SituationNotFound: there is none, or it is not for this reader.
    """
    return _found(actor, code)[0]


def _found(actor: Actor | None, code: str) -> tuple[SituationDefinition, dict[str, str]]:
    row = _applied().filter(pk=code).first()
    definition = model_of(row.content) if row is not None else None
    if row is None or definition is None or not is_for(definition, actor):
        raise SituationNotFound
    return definition, {str(key): str(text) for key, text in row.content["tables"].items()}


def is_for(definition: SituationDefinition, actor: Actor | None) -> bool:
    """Whether a reader is among those for whom it is meant."""
    if not definition.officers:
        return True
    if actor is None or actor.kind != "officer":
        return False
    return not definition.organisations or actor.organisation in definition.organisations


def _applied() -> QuerySet[Situation]:
    return Situation.objects.filter(closed_at=None)


def _suggested(
    definition: SituationDefinition, boards: Sequence[BoardView], tables: Mapping[str, str]
) -> tuple[Level | None, tuple[Text, ...]]:
    wanted = definition.suggestion
    if wanted is None or not any(board.is_fresh for board in boards):
        return None, ()
    answer, reasons = explained(tables[wanted.decision], wanted.decision, {"boards": asked_of(boards)})
    level = next((each for each in wanted.levels if each.level == answer), wanted.levels[0])
    return level, reasons


def _plan(
    actor: Actor | None, definition: SituationDefinition, suggested: Level | None, *, at: datetime
) -> ListView | None:
    if definition.suggestion is None or suggested is None:
        return None
    plan = definition.suggestion.plan.model_copy(update={"only_field": definition.suggestion.plan_level})
    return _list(actor, plan, (suggested.level,), at=at)


def _in_force(actor: Actor | None, definition: SituationDefinition, *, at: datetime) -> InForce | None:
    wanted = definition.suggestion
    standing = find_in_force(wanted.responses) if wanted is not None and wanted.responses else None
    if wanted is None or standing is None:
        return None
    level = next((each for each in wanted.levels if each.level == standing.level), wanted.levels[-1])
    plan = _plan(actor, definition, level, at=at)
    if plan is not None:
        body = wanted.plan.columns[0]
        plan = replace(plan, rows=tuple(sorted(plan.rows, key=lambda row: row[body].zh)))
    return InForce(
        number=standing.number,
        level=level,
        since=standing.opened_at,
        reason=standing.reason,
        plan=plan,
    )


def _list(
    actor: Actor | None, listed: ListedRegister, only: Sequence[str], *, at: datetime
) -> ListView | None:
    """The entries that a reader may list; None where that is nothing."""
    if list_reach(actor, listed.register_code) == "none":
        return None
    register = get_register(listed.register_code)
    rows: list[Mapping[str, Text]] = []
    referred = {
        name: names_of(field.register_code)
        for name in listed.columns
        if (field := register.get(name)).register_code is not None
    }
    wanted: Sequence[Mapping[str, str]] = (
        [{listed.only_field: value} for value in only] if listed.only_field else [{}]
    )
    for equal in wanted:
        asked = Asked(equal=equal, limit=_MOST_LISTED)
        page = list_entries(actor=actor, register=listed.register_code, asked=asked, at=at)
        rows += [
            {
                name: referred.get(name, {}).get(str(entry["values"].get(name)))
                or _words(register, name, entry["values"].get(name))
                for name in listed.columns
            }
            for entry in json.loads(page.body)
        ]
    columns = tuple((name, register.get(name).title) for name in listed.columns)
    return ListView(listed=listed, columns=columns, rows=tuple(rows))


def _words(register: RegisterDefinition, name: str, value: Json) -> Text:
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return _YES_NO[value]
    field = register.get(name)
    if field.kind is FieldKind.MOMENT:
        moment = datetime.fromisoformat(str(value)).astimezone(get_current_timezone())
        return Text(f"{moment:%Y-%m-%d %H:%M}", f"{moment:%-d %b %Y %H:%M}")
    return field.code_title(str(value)) or Text(str(value), str(value))


def _frame(
    boards: Sequence[BoardView], box: tuple[float, float, float, float] | None
) -> tuple[int, int, int, int]:
    """Left, top, width and height of the drawing: of the areas, or else of the stations."""
    places = [(each.longitude * EAST, each.latitude * NORTH) for view in boards for each in view.stations]
    if box is None:
        if not places:
            return (0, 0, 0, 0)
        easts, norths = [east for east, _ in places], [north for _, north in places]
        box = (min(easts), min(norths), max(easts), max(norths))
    west, south, east, north = box
    return (
        round(west) - _MARGIN,
        -round(north) - _MARGIN,
        round(east - west) + 2 * _MARGIN,
        round(north - south) + 2 * _MARGIN,
    )
