"""Compare what packs declare with what is applied; say what would change."""

from __future__ import annotations

from yiwang.kernel.errors import DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.contracts import DRAWN_UP, Change, Definition, Plan, Step
from yiwang.packs.kinds import KINDS, ordered
from yiwang.packs.loader import Loaded, declared_twice
from yiwang.packs.models import AppliedDefinition


def make_plan(loaded: Loaded) -> Plan:
    """Give the changes in apply order: what is wanted by kind, then what retires, backwards.

    What the city drew up itself is retired by no plan of files, whether or not it was read with them.

    Raises:
        DefinitionRefused: a file is faulty, or declares what the city drew up itself; no plan is made.
    """
    wanted = loaded.or_refuse().definitions
    rows = {(row.kind, row.code): row for row in AppliedDefinition.objects.filter(retired_at=None)}
    changes: list[Change] = []
    for kind in ordered():
        for (key, code), definition in wanted.items():
            if key != kind.key:
                continue
            change = _change(rows.get((key, code)), definition)
            if change is not None:
                changes.append(change)
    for kind in reversed(ordered()):
        for (key, code), row in sorted(rows.items()):
            if key == kind.key and (key, code) not in wanted and row.pack != DRAWN_UP:
                changes.append(_retirement(row))
    return Plan(changes=tuple(changes))


def plan_of_one(kind: str, code: str, wanted: Definition | None) -> Plan:
    """The plan of a single definition, whatever else is declared; None retires it.

    Raises:
        DefinitionRefused: it is another's to declare, or its kind refuses the change.
    """
    row = AppliedDefinition.objects.filter(kind=kind, code=code, retired_at=None).first()
    if wanted is not None:
        change = _change(row, wanted)
        return Plan(changes=(change,) if change is not None else ())
    return Plan(changes=(_retirement(row),) if row is not None else ())


def _change(row: AppliedDefinition | None, wanted: Definition) -> Change | None:
    if row is not None and DRAWN_UP in {row.pack, wanted.pack} and row.pack != wanted.pack:
        other = f"{row.pack}/{row.kind}/{row.code}.yaml"
        raise DefinitionRefused(problems=(declared_twice(wanted.source, wanted.code, other),))
    if row is None:
        steps = KINDS.get(wanted.kind).steps(None, wanted)
        return Change("add", wanted.kind, wanted.code, wanted.pack, None, wanted, steps)
    moved = (_moving(row.pack, wanted.pack),) if row.pack != wanted.pack else ()
    if row.digest != wanted.digest:
        steps = (*moved, *KINDS.get(wanted.kind).steps(row.content, wanted))
        return Change("alter", wanted.kind, wanted.code, wanted.pack, row.content, wanted, steps)
    if moved:
        return Change("move", wanted.kind, wanted.code, wanted.pack, row.content, wanted, moved)
    return None


def _moving(before: str, now: str) -> Step:
    return Step(
        Text(
            f"由业务包{before}转到{now}，已有的数据、历史和权限不动",
            f"Moves from the pack {before} to {now}; rows, history and rights stay",
        )
    )


def _retirement(row: AppliedDefinition) -> Change:
    steps = KINDS.get(row.kind).steps(row.content, None)
    return Change("retire", row.kind, row.code, row.pack, row.content, None, steps)
