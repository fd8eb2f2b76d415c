"""Bring organisations and divisions in line with the files of a city: only what differs is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from yiwang.identity.city_files import CityFiles, read_city_files
from yiwang.identity.contracts import CityLoaded, DivisionLevel
from yiwang.identity.definitions import CityDefinition
from yiwang.identity.models import Division, Organisation
from yiwang.identity.queries.directory import mark_changed
from yiwang.identity.rules import territory
from yiwang.kernel.errors import DefinitionRefused

#: The body below which districts stand, if the city has it.
MUNICIPAL = "municipal_government"
_BATCH = 1000
_DIVISION_FIELDS = ["name_zh", "name_en", "level", "parent", "boundary", "bounds"]
_ORGANISATION_FIELDS = [
    "name_zh",
    "name_en",
    "short_zh",
    "aliases",
    "kind",
    "parent",
    "path",
    "division_code",
    "active",
]


@dataclass(frozen=True, slots=True)
class _Wanted:
    code: str
    name_zh: str
    name_en: str
    short_zh: str
    aliases: tuple[str, ...]
    kind: str
    parent: str
    division_code: str


def read_city(folder: Path) -> CityDefinition:
    """Give the city of a folder, all its files checked; raises DefinitionRefused with every problem."""
    return _checked(folder)[0]


def organisations_of(folder: Path) -> frozenset[str]:
    """Codes of the organisations that a city's files name or imply, whether loaded or not."""
    return frozenset(_wanted(_checked(folder)[1]))


def load_city(folder: Path) -> CityLoaded:
    """Load or refresh the organisations and divisions of a city in one transaction; repeatable.

    What the files no longer name becomes inactive, never deleted: cases and postings refer to it.
    Raises DefinitionRefused with every problem (file and line); then nothing was changed.
    """
    city, files = _checked(folder)
    with transaction.atomic():
        divisions = _load_divisions(files)
        wanted = _wanted(files)
        added, changed = _load_organisations(wanted)
        gone = Organisation.objects.filter(active=True).exclude(code__in=wanted).update(active=False)
        if divisions or added or changed or gone:
            mark_changed()
    return CityLoaded(
        code=city.code,
        divisions=len(files.divisions),
        organisations=len(wanted),
        added=added,
        changed=changed,
        retired=gone,
    )


def _checked(folder: Path) -> tuple[CityDefinition, CityFiles]:
    files = read_city_files(folder)
    if files.problems or files.city is None:
        raise DefinitionRefused(problems=tuple(files.problems))
    return files.city, files


def _load_divisions(files: CityFiles) -> int:
    """Upsert divisions that differ, parents first; gives how many were written."""
    present = {row.code: row for row in Division.objects.all()}
    written = 0
    for level in DivisionLevel:
        rows = []
        for code, line in files.divisions.items():
            if line.level is not level:
                continue
            edge = files.boundaries.get(code)
            row = Division(
                code=code,
                name_zh=line.name_zh,
                name_en=line.name_en,
                level=line.level.value,
                parent_id=line.parent or None,
                boundary=edge.geometry if edge else None,
                bounds=list(edge.bounds) if edge else None,
            )
            if code not in present or _facts(present[code]) != _facts(row):
                rows.append(row)
        Division.objects.bulk_create(
            rows,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=_DIVISION_FIELDS,
        )
        written += len(rows)
    return written


def _facts(row: Division) -> tuple[object, ...]:
    return row.name_zh, row.name_en, row.level, row.parent_id, row.boundary, row.bounds


def _wanted(files: CityFiles) -> dict[str, _Wanted]:
    """All organisations by code: those of the table and those that the divisions imply."""
    found = {
        code: _Wanted(
            code=code,
            name_zh=row.name_zh,
            name_en=row.name_en,
            short_zh=row.short_zh,
            aliases=tuple(alias for alias in row.aliases.split(";") if alias),
            kind=row.kind.value,
            parent=row.parent,
            division_code=files.city.division if files.city and code == MUNICIPAL else "",
        )
        for code, row in files.organisations.items()
    }
    for division in files.divisions.values():
        if division.level is DivisionLevel.CITY:
            continue
        above = files.divisions[division.parent]
        name = territory.organisation_name(
            division.name_zh, division.name_en, division.level, (above.name_zh, above.name_en)
        )
        code = territory.organisation_code(division.code, division.level)
        top = MUNICIPAL if MUNICIPAL in files.organisations else ""
        district = division.level is DivisionLevel.DISTRICT
        found[code] = _Wanted(
            code=code,
            name_zh=name.zh,
            name_en=name.en,
            short_zh=name.short_zh,
            aliases=(),
            kind=territory.organisation_kind(division.level).value,
            parent=top if district else territory.organisation_code(above.code, above.level),
            division_code=division.code,
        )
    return found


def _load_organisations(wanted: dict[str, _Wanted]) -> tuple[int, int]:
    """Upsert what differs, one level of the tree after the other; gives how many are new and changed."""
    present = {row.code: row for row in Organisation.objects.all()}
    added = changed = 0
    for level in _levels(wanted.values()):
        rows: list[Organisation] = []
        for want in level:
            row = _row(want, present.get(want.parent))
            before = present.get(want.code)
            if before is not None and _same(before, row):
                continue
            added, changed = (added + 1, changed) if before is None else (added, changed + 1)
            rows.append(row)
        for row in Organisation.objects.bulk_create(
            rows,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=_ORGANISATION_FIELDS,
        ):
            present[row.code] = row
    return added, changed


def _row(want: _Wanted, parent: Organisation | None) -> Organisation:
    return Organisation(
        code=want.code,
        name_zh=want.name_zh,
        name_en=want.name_en,
        short_zh=want.short_zh,
        aliases=list(want.aliases),
        kind=want.kind,
        parent_id=parent.pk if parent else None,
        path=f"{parent.path if parent else ''}{want.code}/",
        division_code=want.division_code,
        active=True,
    )


def _same(before: Organisation, after: Organisation) -> bool:
    return all(
        getattr(before, name) == getattr(after, name) for name in _ORGANISATION_FIELDS if name != "parent"
    ) and (before.parent_id == after.parent_id)


def _levels(rows: Iterable[_Wanted]) -> list[list[_Wanted]]:
    """Rows grouped by depth, roots first; the files were checked to be a forest."""
    waiting = list(rows)
    placed: set[str] = {""}
    levels: list[list[_Wanted]] = []
    while waiting:
        ready = [row for row in waiting if row.parent in placed]
        levels.append(ready)
        placed |= {row.code for row in ready}
        waiting = [row for row in waiting if row.code not in placed]
    return levels
