"""How near two names are."""

from __future__ import annotations


def variants(name: str) -> tuple[str, ...]:
    """The name, and the name without each of its signs: names one edit apart share one of these.

    >>> variants("北京路")
    ('北京路', '京路', '北路', '北京')
    """
    return tuple(dict.fromkeys((name, *(name[:at] + name[at + 1 :] for at in range(len(name))))))


def edits(one: str, other: str) -> int:
    """Signs to put in, leave out, change or swap with the next (Damerau's distance, restricted).

    >>> edits("北京路", "北亰路"), edits("北京路", "京北路"), edits("北京路", "北京西路")
    (1, 1, 1)
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        here = [row]
        for column, facing in enumerate(other, start=1):
            cost = min(above[column] + 1, here[column - 1] + 1, above[column - 1] + (sign != facing))
            if row > 1 and column > 1 and sign == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]
