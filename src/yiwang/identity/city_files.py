"""Read the files of a city and refuse what does not fit, with file and line. Nothing is written here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from yiwang.identity.contracts import DivisionLevel
from yiwang.identity.definitions import CODE_DIGITS, CityDefinition, DivisionRow, OrganisationRow
from yiwang.identity.rules.boundaries import BoundaryRefused, bounds_of
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import read_model, read_source, reason_of
from yiwang.platform.contracts import Json

Row = TypeVar("Row", bound=BaseModel)
_ABOVE = {
    DivisionLevel.DISTRICT: DivisionLevel.CITY,
    DivisionLevel.STREET: DivisionLevel.DISTRICT,
    DivisionLevel.COMMUNITY: DivisionLevel.STREET,
}


@dataclass(frozen=True, slots=True)
class Boundary:
    """GeoJSON geometry of a district and its west, south, east, north."""

    geometry: Json
    bounds: tuple[float, float, float, float]


@dataclass(slots=True)
class CityFiles:
    """What the files of a city say, and everything that is wrong with them."""

    city: CityDefinition | None = None
    organisations: dict[str, OrganisationRow] = field(default_factory=dict)
    divisions: dict[str, DivisionRow] = field(default_factory=dict)
    boundaries: dict[str, Boundary] = field(default_factory=dict)
    problems: list[DefinitionProblem] = field(default_factory=list)


def read_city_files(folder: Path) -> CityFiles:
    """Read ``city.yaml``, ``organisations.csv``, ``divisions.csv`` and, if there, ``districts.geojson``."""
    files = CityFiles()
    shown = f"cities/{folder.name}"
    _read_city(folder / "city.yaml", f"{shown}/city.yaml", files)
    organisations = _read_table(folder / "organisations.csv", shown, OrganisationRow, files)
    _check_organisations(organisations, f"{shown}/organisations.csv", files)
    divisions = _read_table(folder / "divisions.csv", shown, DivisionRow, files)
    _check_divisions(divisions, f"{shown}/divisions.csv", files)
    if (folder / "districts.geojson").is_file():
        _read_boundaries(folder / "districts.geojson", f"{shown}/districts.geojson", files)
    return files


def _read_city(path: Path, shown: str, files: CityFiles) -> None:
    if not path.is_file():
        files.problems.append(DefinitionProblem(shown, 0, "", Text("缺少该文件", "the file is missing")))
        return
    source = read_source(path, shown, "", files.problems)
    if source is not None:
        files.city, problems = read_model(CityDefinition, source)
        files.problems.extend(problems)


def _read_table(path: Path, shown: str, model: type[Row], files: CityFiles) -> list[tuple[int, Row]]:
    """Rows with their line; a wrong header ends the reading, a wrong row is left out and reported."""
    name = f"{shown}/{path.name}"

    def refuse(line: int, column: str, reason: Text) -> None:
        files.problems.append(DefinitionProblem(name, line, column, reason))

    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        refuse(0, "", Text("缺少该文件", "the file is missing"))
        return []
    except UnicodeDecodeError as error:
        refuse(path.read_bytes()[: error.start].count(b"\n") + 1, "", Text("不是UTF-8编码", "not UTF-8"))
        return []
    return _rows(text, model, refuse)


def _rows(text: str, model: type[Row], refuse: Callable[[int, str, Text], None]) -> list[tuple[int, Row]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    table: list[tuple[int, list[str]]] = []
    try:
        table.extend((reader.line_num, cells) for cells in reader)
    except csv.Error as error:
        refuse(reader.line_num, "", Text(f"不是有效的CSV：{error}", f"not valid CSV: {error}"))
        return []
    wanted = list(model.model_fields)
    found = table[0][1] if table else []
    if found != wanted:
        refuse(
            1,
            "",
            Text(
                f"各列应为{','.join(wanted)}；实际为{','.join(found)}",
                f"the columns must be {','.join(wanted)}; found {','.join(found)}",
            ),
        )
        return []
    rows: list[tuple[int, Row]] = []
    for line, cells in table[1:]:
        if len(cells) != len(wanted):
            refuse(
                line,
                "",
                Text(
                    f"有{len(cells)}格，表头有{len(wanted)}列",
                    f"has {len(cells)} cells, the header has {len(wanted)}",
                ),
            )
            continue
        try:
            rows.append((line, model.model_validate(dict(zip(wanted, cells, strict=True)))))
        except ValidationError as error:
            for fault in error.errors():
                column = ".".join(map(str, fault["loc"]))
                refuse(line, column, reason_of(fault))
    return rows


def _again(code: str, line: int) -> Text:
    return Text(f"“{code}”在第{line}行已有", f"{code!r} stands in line {line} too")


def _check_organisations(rows: Sequence[tuple[int, OrganisationRow]], shown: str, files: CityFiles) -> None:
    def refuse(line: int, column: str, reason: Text) -> None:
        files.problems.append(DefinitionProblem(shown, line, column, reason))

    lines: dict[str, int] = {}
    for line, row in rows:
        if row.code in lines:
            refuse(line, "code", _again(row.code, lines[row.code]))
            continue
        lines[row.code] = line
        files.organisations[row.code] = row
    for code, row in files.organisations.items():
        if row.parent and row.parent not in files.organisations:
            refuse(
                lines[code],
                "parent",
                Text(f"没有机构“{row.parent}”", f"there is no organisation {row.parent!r}"),
            )
        elif code in _above(code, files.organisations):
            refuse(lines[code], "parent", Text(f"“{code}”成了自己的上级", f"{code!r} stands above itself"))


def _above(code: str, rows: dict[str, OrganisationRow]) -> list[str]:
    """Codes above one, stopping where a loop closes."""
    found: list[str] = []
    parent = rows[code].parent
    while parent in rows and parent not in found:
        found.append(parent)
        parent = rows[parent].parent
    return found


def _check_divisions(rows: Sequence[tuple[int, DivisionRow]], shown: str, files: CityFiles) -> None:
    def refuse(line: int, column: str, reason: Text) -> None:
        files.problems.append(DefinitionProblem(shown, line, column, reason))

    lines: dict[str, int] = {}
    for line, row in rows:
        if row.code in lines:
            refuse(line, "code", _again(row.code, lines[row.code]))
        elif len(row.code) != CODE_DIGITS[row.level]:
            refuse(
                line,
                "code",
                Text(
                    f"{row.level}的代码应为{CODE_DIGITS[row.level]}位",
                    f"a {row.level} has {CODE_DIGITS[row.level]} digits",
                ),
            )
        else:
            lines[row.code] = line
            files.divisions[row.code] = row
    for code, row in files.divisions.items():
        reason = _parent_fault(row, files)
        if reason is not None:
            refuse(lines[code], "parent", reason)
    if files.city is not None and rows and files.city.division not in files.divisions:
        refuse(
            0,
            "code",
            Text(
                f"缺少城市自身的区划“{files.city.division}”",
                f"the city's own division {files.city.division!r} is missing",
            ),
        )


def _parent_fault(row: DivisionRow, files: CityFiles) -> Text | None:
    if row.level is DivisionLevel.CITY:
        return Text("城市在此没有上级", "a city has no parent here") if row.parent else None
    above = files.divisions.get(row.parent)
    if above is None or above.level is not _ABOVE[row.level]:
        return Text(
            f"没有{_ABOVE[row.level]}“{row.parent}”", f"there is no {_ABOVE[row.level]} {row.parent!r}"
        )
    stem = row.parent[:4] if row.level is DivisionLevel.DISTRICT else row.parent
    if row.code.startswith(stem):
        return None
    return Text(f"代码与上级的开头（{stem}）不同", f"the code does not begin like its parent's ({stem})")


def _read_boundaries(path: Path, shown: str, files: CityFiles) -> None:
    try:
        document = json.loads(path.read_bytes())
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        files.problems.append(
            DefinitionProblem(shown, line, "", Text("不是UTF-8的JSON", "not JSON in UTF-8"))
        )
        return
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        files.problems.append(
            DefinitionProblem(
                shown,
                1,
                "features",
                Text("不是GeoJSON的FeatureCollection", "not a GeoJSON FeatureCollection"),
            )
        )
        return
    for place, feature in enumerate(features):
        where = f"features.{place}"
        code = str(feature.get("id", "")) if isinstance(feature, dict) else ""
        division = files.divisions.get(code)
        if division is None or division.level is not DivisionLevel.DISTRICT:
            problem = DefinitionProblem(
                shown, 1, f"{where}.id", Text(f"没有区“{code}”", f"there is no district {code!r}")
            )
            files.problems.append(problem)
            continue
        try:
            files.boundaries[code] = Boundary(feature["geometry"], bounds_of(feature.get("geometry")))
        except (BoundaryRefused, KeyError) as error:
            reason = (
                error.reason
                if isinstance(error, BoundaryRefused)
                else Text("没有几何图形", "has no geometry")
            )
            files.problems.append(DefinitionProblem(shown, 1, f"{where}.geometry", reason))
