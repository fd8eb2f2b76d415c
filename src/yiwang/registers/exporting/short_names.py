"""Names of columns as dBASE has them: ten bytes at most, each once whatever the case of its letters."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 10


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Give each name a short one; a shortened one that is taken gets a number at its end.

    >>> short_names(["number", "planning_use", "planning_unit"])
    {'number': 'number', 'planning_use': 'planning_u', 'planning_unit': 'planning_1'}
    """
    wanted = list(names)
    # what fits keeps its name, wherever it stands
    found = {name: name for name in wanted if len(name) <= _MOST}
    taken = set(found)
    for name in wanted:
        if name in found:
            continue
        short, number = name[:_MOST], 0
        while short in taken:
            number += 1
            short = f"{name[: _MOST - len(str(number))]}{number}"
        taken.add(short)
        found[name] = short
    return {name: found[name] for name in wanted}
