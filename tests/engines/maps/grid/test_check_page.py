"""The check as a page: for officers, in both languages, with its faults as GeoJSON for the map."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.engines.maps.grid.conftest import COMMUNITY, enter, square

from yiwang.identity.testing import a_citizen, an_officer, sign_in

PAGE = "/desk/grids/squares/"


@pytest.fixture
def officer(squares, client) -> Client:
    enter(squares["urban_enforcement"], "cells", f"{COMMUNITY}005", border=square(-0.1, 0))
    return sign_in(client, an_officer("urban_enforcement"))


def test_a11_the_page_lists_faults_and_its_map_draws_them(officer) -> None:
    page = officer.get(f"{PAGE}?within=440103&valid=2026-05-04")
    assert page.status_code == 200
    said = page.content.decode()
    assert (said.count("重叠"), said.count("越出上级范围")) == (2, 2)
    assert f"{COMMUNITY}003" in said
    assert "Outside its parent" in officer.get(f"/en{PAGE}?within=440103").content.decode()
    found = officer.get(f"{PAGE}findings.json?within=440103&valid=2026-05-04")
    assert found.headers["Cache-Control"] == "private, no-store"
    assert [each["properties"]["fault"] for each in found.json()["features"]] == ["overlap", "outside"]


@pytest.mark.parametrize(
    "asked", ["within=44010", "within=4401%25", "within=440103&valid=2026-13-01", "within=x"]
)
def test_what_cannot_be_read_is_refused_with_what_to_write(officer, asked: str) -> None:
    page = officer.get(f"{PAGE}?{asked}")
    assert page.status_code == 400
    assert "6至15位" in page.content.decode()


def test_only_officers_check_a_grid(squares, client) -> None:
    assert Client().get(PAGE).status_code == 302
    assert sign_in(client, a_citizen()).get(PAGE).status_code == 403
    assert sign_in(Client(), an_officer("labour")).get("/desk/grids/none/?within=440103").status_code == 404
