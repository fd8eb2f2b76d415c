"""Keep the result of a study as entries of its maker's organisation, with the draft of a layer of them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import datetime

from django.utils import timezone

from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.contracts import LongStudyNotFound, ResultNotKept, Study, StudyAsked, StudyRow
from yiwang.maps.analysis.queries.long_studies import get_long_study
from yiwang.maps.analysis.queries.results import register_of_results
from yiwang.maps.analysis.queries.studies import make_study
from yiwang.maps.analysis.queries.study_statements import MOST_ROWS
from yiwang.maps.analysis.rules.hot_spots import LIKELY, SURE
from yiwang.maps.making.commands.begin_layer import free_code, opened
from yiwang.maps.making.contracts import RegisterNotDrawable, SavedLayer
from yiwang.maps.making.queries.drawable import drawable
from yiwang.maps.making.rules.starting import beginning
from yiwang.maps.making.saving import or_refuse
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.api import record_file
from yiwang.registers.definitions import RegisterDefinition

KEEP = "maps.study.keep"
_GROUP = Text("空间分析结果", "Results of spatial analysis")
_FIELDS = {"Point": "place", "LineString": "course", "MultiLineString": "course"}
#: Cold, cool, by chance, warm, hot.
_HEAT = ("#003078", "#5694ca", "#b1b4b6", "#f47738", "#b10e1e")


@command(operation=KEEP)
def keep_study(
    *,
    actor: Actor,
    at: datetime,
    asked: StudyAsked,
    title: Text,
    language: Language,
    long: int | None = None,
) -> SavedLayer:
    """Make the study anew, keep every row, and begin a layer of them for the organisation alone.

    ``long`` is the number of one that was made in the background: its rows are kept as they are.

    Raises:
        ResultNotKept: the organisation has no register for results, nothing was found, or too much.
        StudyRefused, LayerNotFound, TimeLimitReached
        LongStudyNotFound: none of this officer's, or it has no result.
    """
    permit(Scope(organisations=(actor.organisation,) if actor.organisation else ()), subject="studies")
    register = register_of_results(actor)
    if register is None:
        raise ResultNotKept(
            reason="本单位没有保存分析结果的登记簿",
            reason_en="your organisation has no register for results of analysis",
        )
    study = make_study(actor, asked, language) if long is None else _made(actor, long)
    if not study.rows:
        raise ResultNotKept(reason="没有结果", reason_en="nothing was found")
    if study.is_cut:
        raise ResultNotKept(
            reason=f"结果超过{MOST_ROWS}行，请画出较小的范围",
            reason_en=f"there are more than {MOST_ROWS} rows; draw a smaller area",
        )
    number = f"FX{timezone.localtime(at):%Y%m%d%H%M%S%f}"
    file = io.BytesIO(_rows(study, register, number).encode())
    report = record_file(
        by=actor.account_id, at=at, register=register.code, file=file, source=actor.organisation
    )
    if report.problems and not report.loaded:
        first = report.problems[0].reason
        raise ResultNotKept(reason=first.zh, reason_en=first.en)
    note(result=number, rows=len(study.rows))
    return _layer(actor, at, study, register, number=number, title=title)


def _made(actor: Actor, long: int) -> Study:
    found = get_long_study(actor=actor, study=long).study
    if found is None:
        raise LongStudyNotFound
    return found


def _layer(
    actor: Actor, at: datetime, study: Study, register: RegisterDefinition, *, number: str, title: Text
) -> SavedLayer:
    """A draft that its maker's officers see when it is published; widening it is theirs to decide."""
    drawn = drawable(actor, register.code, _drawn_as(study))
    if drawn is None:
        raise RegisterNotDrawable
    code = free_code(register.code)
    summary = Text(f"{study.title.zh}，{number}", f"{study.title.en}, {number}")
    content = beginning(code, register, drawn.shape, drawn.clear, title=title, summary=summary, group=_GROUP)
    shown: list[Json] = [
        {"name": name} for name in ("result", "name", "other", *study.figures) if register.find(name)
    ]
    content |= {
        "only": [{"field": "result", "values": [number]}],
        "audience": {"kind": "organisations", "organisations": [actor.organisation]},
        "fields": shown,
        "generalise": [],
    }
    if "z_score" in study.figures and register.find("z_score"):
        breaks: list[Json] = [-SURE, -LIKELY, LIKELY, SURE]
        colours: list[Json] = list(_HEAT)
        content["style"] = {"draw": "classes", "field": "z_score", "breaks": breaks, "colours": colours}
    return opened(code, actor.organisation, or_refuse(actor, content), actor=actor, at=at)


def _drawn_as(study: Study) -> str:
    """The field with most of its shapes."""
    return Counter(_field(row) for row in study.rows).most_common(1)[0][0]


def _field(row: StudyRow) -> str:
    return _FIELDS.get(json.loads(row.shape)["type"], "ground")


def _rows(study: Study, register: RegisterDefinition, number: str) -> str:
    figures = [key for key in study.figures if register.find(key)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["code", "result", "name", "other", *figures, "place", "course", "ground"])
    for place, row in enumerate(study.rows, start=1):
        field = _field(row)
        shapes = [row.shape if field == name else "" for name in ("place", "course", "ground")]
        values = [f"{row.figures[key]:f}" if key in row.figures else "" for key in figures]
        writer.writerow([f"{number}-{place:04d}", number, row.name[:200], row.other[:200], *values, *shapes])
    return out.getvalue()
