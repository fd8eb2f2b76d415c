"""Studies in the background: the same result in parts, for who asked alone, stopped, outdated and deleted."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django import app as jobs
from tests.engines.maps.analysis.test_studies import (
    EAST,
    NORTH,
    RESULTS,
    SIDE,
    WAY_LAYER,
    WAYS,
    WITH_GIRTH,
    girths,
    kept,
    plot,
    way,
)
from tests.engines.maps.conftest import PLOT_LAYER

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.analysis.commands.begin_long_study import KEPT, begin_long_study
from yiwang.maps.analysis.commands.drop_old_studies import drop_old_studies
from yiwang.maps.analysis.commands.make_long_study import make_long_study
from yiwang.maps.analysis.commands.stop_long_study import stop_long_study
from yiwang.maps.analysis.contracts import (
    LongState,
    LongStudyNotFound,
    StudyAsked,
    StudyIsLong,
    StudyRefused,
    TooManyStudies,
)
from yiwang.maps.analysis.queries import studies, study_parts
from yiwang.maps.analysis.queries.long_studies import get_long_study, list_long_studies
from yiwang.maps.analysis.queries.studies import make_study
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.models import LongStudy
from yiwang.platform.contracts import OperationNotAllowed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAGE = "/en/desk/analysis/"
COUNTS = StudyAsked(method="counts", layer="trees", other="plots", measured="girth")
__all__ = ["girths"]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch) -> None:
    monkeypatch.setattr(study_parts, "PART", 7)


def planner():
    return an_officer("planning", roles=("handler",))


def begun(actor, asked: StudyAsked) -> int:
    return begin_long_study(actor=actor, at=AT, asked=asked, language="en")


def figures(study) -> list[tuple[str, str, str, dict[str, float]]]:
    found = [(row.name, row.other, row.shape, row.figures) for row in study.rows]
    return sorted(found, key=lambda row: row[:3])


@pytest.mark.parametrize(
    ("method", "other", "metres"),
    [
        ("counts", "plots", None),
        ("near", "plots", 150.0),
        ("nearest", "plots", None),
        ("intersection", "plots", None),
        ("cells", "", 100.0),
        ("hot_spots", "", 100.0),
        ("total", "", None),
    ],
)
def test_parts_together_give_what_the_whole_gives(girths, method, other, metres) -> None:
    reader = planner()
    measured = "girth" if method in {"counts", "cells", "total"} else ""
    # Of a drawn area both have the same cells and ground.
    corners = ((-1, -1), (5, -1), (5, 3), (-1, 3), (-1, -1))
    ring = ", ".join(f"{EAST + x * SIDE:.7f} {NORTH + y * SIDE:.7f}" for x, y in corners)
    asked = StudyAsked(
        method=method, layer="trees", other=other, metres=metres, measured=measured, area=f"POLYGON(({ring}))"
    )
    number = begun(reader, asked)
    assert make_long_study(study=number, at=AT)
    found = get_long_study(actor=reader, study=number)
    assert (found.state, found.percent, found.refusal) == (LongState.DONE, 100, None)
    whole = make_study(reader, asked, "en")
    assert found.study is not None
    assert found.study.figures == whole.figures
    assert figures(found.study) == figures(whole)
    assert whole.rows


def test_an_area_that_no_part_reaches_is_counted_too(girths, monkeypatch) -> None:
    monkeypatch.setattr(study_parts, "PART", 1)
    plot("planning", "empty", 1.999, 0.999, side=0.002)
    reader = planner()
    number = begun(reader, COUNTS)
    assert make_long_study(study=number, at=AT)
    found = get_long_study(actor=reader, study=number).study
    assert found is not None
    counts = {row.name: row.figures["count"] for row in found.rows}
    assert counts == {row.name: row.figures["count"] for row in make_study(reader, COUNTS, "en").rows}
    assert counts["empty"] == 0


def test_a_bound_decides_what_is_made_at_once(client, girths, monkeypatch) -> None:
    monkeypatch.setattr(studies, "MOST_ENTRIES", 10)
    reader = planner()
    with pytest.raises(StudyIsLong, match="30 entries"):
        make_study(reader, COUNTS, "en")
    with pytest.raises(StudyRefused) as refused:
        make_study(reader, StudyAsked(method="buffer", layer="trees", metres=5), "en")
    assert not isinstance(refused.value, StudyIsLong)
    sign_in(client, reader)
    address = f"{PAGE}?method=counts&layer=trees&other=plots&measured=trees.girth"
    page = client.get(address)
    assert page.status_code == 422
    assert "Make it in the background" in page.content.decode()
    assert LongStudy.objects.count() == 0
    answer = client.post(address, {"act": "later"})
    assert answer.status_code == 302
    row = LongStudy.objects.get()
    assert answer.headers["Location"].endswith(f"/desk/analysis/long/{row.pk}/")
    [job] = jobs.job_manager.list_jobs(task="yiwang.maps.make_long_study")
    assert json.loads(job.task_kwargs) == {"study": row.pk}


def test_the_page_tells_progress_and_gives_the_result_as_files_and_as_a_layer(client, girths, pack) -> None:
    pack(registers__results_planning=RESULTS, **WITH_GIRTH)
    reader = planner()
    number = begun(reader, COUNTS)
    sign_in(client, reader)
    place = f"{PAGE}long/{number}/"
    LongStudy.objects.update(share=0.4)
    page = client.get(place).content.decode()
    assert "40 / 100" in page
    assert "data-hx-get" in page
    assert client.get(f"{place}?format=csv").headers["Content-Type"].startswith("text/html")
    assert make_long_study(study=number, at=AT)
    assert not make_long_study(study=number, at=AT)
    part = client.get(place, headers={"HX-Request": "true"}).content.decode()
    assert "Show the result" in part
    assert "data-hx-get" not in part
    page = client.get(place).content.decode()
    assert "Girth" in page
    sheet = client.get(f"{place}?format=csv").content.decode("utf-8-sig")
    assert {row["Name"] for row in csv.DictReader(io.StringIO(sheet))} == {"P0", "P1", "P2", "K0"}
    assert len(json.loads(client.get(f"{place}?format=geojson").content)["features"]) == 4
    answer = client.post(place, {"title_zh": "树围", "title_en": "Girths"})
    assert answer.status_code == 302, answer.content
    assert {row["name"] for row in kept(reader)} == {"P0", "P1", "P2", "K0"}
    assert all(row["recorded"] for row in kept(reader) if row["count"])


def test_one_that_is_stopped_stays_so_and_no_further_part_is_made(client, girths, monkeypatch) -> None:
    reader = planner()
    number = begun(reader, COUNTS)
    seen: list[float] = []

    def stop_at_second(found, language, *, told):
        def heard(share: float) -> bool:
            seen.append(share)
            if len(seen) == 2:
                stop_long_study(actor=reader, at=AT, study=number)
            return told(share)

        return study_parts.study_in_parts(found, language, told=heard)

    monkeypatch.setattr("yiwang.maps.analysis.commands.make_long_study.study_in_parts", stop_at_second)
    assert make_long_study(study=number, at=AT)
    assert seen == [0.0, 0.2]
    row = LongStudy.objects.get()
    assert (row.state, row.result, row.ended_at) == (LongState.STOPPED, {}, AT)
    sign_in(client, reader)
    other = begun(reader, COUNTS)
    assert client.post(f"{PAGE}long/{other}/", {"act": "stop"}).status_code == 302
    assert not make_long_study(study=other, at=AT)
    assert get_long_study(actor=reader, study=other).state is LongState.STOPPED


def test_d46_a_result_is_its_askers_under_the_rights_of_today(client, girths, pack) -> None:
    reader = planner()
    number = begun(reader, COUNTS)
    make_long_study(study=number, at=AT)
    colleague, parks = an_officer("planning", roles=("handler",)), an_officer("parks", roles=("handler",))
    for stranger in (colleague, parks):
        if stranger.account_id != reader.account_id:
            with pytest.raises(LongStudyNotFound):
                get_long_study(actor=stranger, study=number)
            with pytest.raises(LongStudyNotFound):
                stop_long_study(actor=stranger, at=AT, study=number)
            assert list_long_studies(actor=stranger) == []
    other = Client()
    sign_in(other, parks)
    assert other.get(f"{PAGE}long/{number}/").status_code == 404
    with pytest.raises(LayerNotFound):
        begun(an_officer("tourism", roles=("handler",)), COUNTS)
    with pytest.raises(OperationNotAllowed):
        begun(an_officer("planning", roles=("window",)), COUNTS)
    waiting = begun(reader, COUNTS)
    kept_from = PLOT_LAYER + "audience: {kind: organisations, organisations: [water]}\n"
    pack(layers__plots=kept_from, **WITH_GIRTH)
    found = get_long_study(actor=reader, study=number)
    assert (found.state, found.study) == (LongState.OUTDATED, None)
    sign_in(client, reader)
    page = client.get(f"{PAGE}long/{number}/").content.decode()
    assert "changed after this was made" in page
    assert "P0" not in page
    # What was begun before is refused by the worker, which asks for the rights anew.
    assert make_long_study(study=waiting, at=AT)
    assert get_long_study(actor=reader, study=waiting).state is LongState.REFUSED
    assert LongStudy.objects.get(pk=waiting).result == {}


def test_no_more_than_three_at_once_and_none_beyond_a_million(girths, monkeypatch) -> None:
    reader = planner()
    for _ in range(3):
        begun(reader, COUNTS)
    with pytest.raises(TooManyStudies):
        begun(reader, COUNTS)
    assert LongStudy.objects.count() == 3
    monkeypatch.setattr("yiwang.maps.analysis.queries.study_limits.MOST_LONG", 20)
    with pytest.raises(StudyRefused, match="more than 20 entries"):
        begun(reader, COUNTS)


def test_what_cannot_be_made_in_parts_is_refused(girths, pack) -> None:
    pack(registers__ways=WAYS, layers__ways=WAY_LAYER, **WITH_GIRTH)
    way("W1", (0, 0), (20, 0))
    walk = StudyAsked(method="walk", layer="trees", other="ways", metres=300)
    with pytest.raises(StudyRefused, match="can't be made in the background"):
        begun(planner(), walk)
    assert LongStudy.objects.count() == 0


def test_results_are_deleted_when_their_time_is_over(girths) -> None:
    reader = planner()
    number = begun(reader, COUNTS)
    make_long_study(study=number, at=AT)
    assert drop_old_studies(AT + KEPT - timedelta(seconds=1)) == 0
    assert drop_old_studies(AT + KEPT) == 1
    row = LongStudy.objects.get()
    assert (row.state, row.result) == (LongState.DELETED, {})
    assert get_long_study(actor=reader, study=number).study is None
    assert list_long_studies(actor=reader) == []
    plot("planning", "later", 5, 5)
