"""Several files under one material in a flat mapping: ``plan``, ``plan.2``, ``plan.3``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

MOST_FILES = 10


def files_of(files: Mapping[str, int], key: str) -> tuple[int, ...]:
    """The files of one material, in the order in which they were given.

    >>> files_of({"plan": 7, "plan.2": 9, "lease": 8}, "plan")
    (7, 9)
    """
    found = [
        (int(place or 1), file_id)
        for name, file_id in files.items()
        for base, _, place in (name.partition("."),)
        if base == key
    ]
    return tuple(file_id for _, file_id in sorted(found))


def with_files(files: Mapping[str, int], key: str, ids: Iterable[int]) -> dict[str, int]:
    """The mapping with the files of one material replaced.

    >>> with_files({"plan": 7, "lease": 8}, "plan", [9, 10])
    {'lease': 8, 'plan': 9, 'plan.2': 10}
    """
    kept = {name: file_id for name, file_id in files.items() if name.partition(".")[0] != key}
    for place, file_id in enumerate(ids, start=1):
        kept[key if place == 1 else f"{key}.{place}"] = file_id
    return kept
