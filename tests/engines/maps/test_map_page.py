"""The map page without script: layers a reader sees, a legend, and what lies in view as a list."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.engines.maps.conftest import PLOT_LAYER, TREE_LAYER

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.queries import extents, named
from yiwang.maps.web import searching
from yiwang.platform.contracts import TimeLimitReached
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import an_officer as a_clerk

from .test_tiles import AT, _plot, _tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(pack) -> None:
    shown = TREE_LAYER.replace("register: trees", "register: trees\nshown: true")
    pack(layers__trees=shown)
    _tree(a_clerk("parks"), 1, 113.2644)
    _plot(a_clerk("planning"), "planning-1")


def test_a_search_has_one_time_for_all_layers_and_a_pace(client, ground, monkeypatch) -> None:
    asked: list[int] = []

    def too_long(milliseconds: int, statements: object) -> None:
        asked.append(milliseconds)
        raise TimeLimitReached(seconds=2)

    searching._pace.forget()
    desk = sign_in(client, an_officer("planning"))
    # undone alone: the clock of the paces stays where it is
    with monkeypatch.context() as patched:
        patched.setattr(named, "fetch_within", too_long)
        page = desk.get("/en/map/?q=T1").content.decode()
    assert (len(asked), 0 < asked[0] <= 2_000) == (1, True)
    assert "not every layer was searched" in page
    assert "Nothing was found" not in page
    answers = [desk.get("/en/map/?q=T1").content.decode() for _ in range(30)]
    assert "Too many searches" in answers[-1]
    searching._pace.forget()


def test_the_map_opens_where_its_lowest_layer_cannot_be_measured_in_time(ground, monkeypatch) -> None:
    def too_long(read: object) -> None:
        raise TimeLimitReached(seconds=2)

    monkeypatch.setattr(extents, "extent_of", too_long)
    extents._memory.clear()
    page = Client().get("/map/")
    assert page.status_code == 200
    assert 'data-whole="-180.00000,-85.00000,180.00000,85.00000"' in page.content.decode()
    extents._memory.clear()


def _links(answer) -> list[str]:
    return [part.split("</a>")[0].split(">")[1] for part in answer.content.decode().split("data-at=")[1:]]


def test_d46_the_page_shows_layers_and_features_of_the_reader_alone(client, ground) -> None:
    public = Client().get("/map/")
    page = public.content.decode()
    assert public.status_code == 200
    assert 'value="trees" checked' in page
    assert 'value="plots"' not in page
    assert _links(public) == ["T1"]
    assert "李" not in page
    both = sign_in(client, an_officer("planning")).get("/map/?layers=plots,trees")
    assert _links(both) == ["T1", "planning-1"]
    assert "1200.5" in both.content.decode()
    assert _links(Client().get("/map/?layers=plots,trees")) == ["T1"]


def test_what_is_here_lists_what_meets_a_box(client, ground) -> None:
    def found(box: str) -> list[str]:
        return _links(client.get(f"/map/features/?layers=trees,plots&box={box}"))

    sign_in(client, an_officer("planning"))
    assert found("113.2640,23.1290,113.2650,23.1292") == ["T1", "planning-1"]
    assert found("113.2646,23.1292,113.2647,23.1293") == ["planning-1"]
    assert found("113.3,23.2,113.4,23.3") == []


@pytest.mark.parametrize("box", ["", "1,2,3", "10,10,5,20", "x,0,1,1", "0,-90,1,90", "170,0,-170,1"])
def test_a_box_that_is_none_is_refused(client, ground, box) -> None:
    assert client.get(f"/map/features/?layers=trees&box={box}").status_code == 400


def test_a_share_link_shows_its_place_without_script(client, ground) -> None:
    assert _links(client.get("/map/?layers=trees&at=15/23.1291/113.2644")) == ["T1"]
    assert _links(client.get("/map/?layers=trees&at=15/30/100")) == []
    assert client.get("/en/map/?at=nonsense").status_code == 200


def test_a_register_that_is_closed_takes_its_layer_from_the_page(client, ground, pack) -> None:
    enter_entry(
        actor=a_clerk("parks"),
        at=AT,
        register="trees",
        values={"number": "T9", "place": {"lon": 113.2, "lat": 23.1}, "keeper": "李树人"},
    )
    pack(allow_destructive=True, layers__trees=None)
    assert 'value="trees"' not in client.get("/map/").content.decode()


def test_a_search_finds_what_the_reader_sees_alone(client, ground, pack) -> None:
    def found(who: Client, q: str) -> list[str]:
        page = who.get(f"/map/?q={q}").content.decode()
        part = page.split('id="places"')[1].split("</section>")[0]
        return [each.split("<")[0].split(">")[1] for each in part.split("data-at=")[1:]]

    sign_in(client, an_officer("planning"))
    assert found(client, "PLANNING") == ["planning-1"]
    assert found(Client(), "planning") == []
    assert found(client, "%") == []
    assert 'id="places"' not in client.get("/map/?q=").content.decode()


def test_layers_fold_by_theme_and_what_is_chosen_stands_open(client, ground) -> None:
    page = sign_in(client, an_officer("planning")).get("/map/?layers=plots").content.decode()
    folded = {
        part.split('group-title">')[1].split("<")[0]: part.startswith(" open")
        for part in page.split('<details class="yw-citymap-group"')[1:]
    }
    assert folded == {"土地": True, "绿化": False}
    assert 'data-names="地块 Plots"' in page


def test_the_city_in_3d_is_offered_to_who_sees_bodies_alone(client, ground, pack) -> None:
    assert "/map/solids/" not in client.get("/map/").content.decode()
    raised = PLOT_LAYER.replace("{draw: plain", "{draw: extrusion, field: price")
    pack(layers__plots=raised)
    assert "/map/solids/" not in Client().get("/map/").content.decode()
    assert "/map/solids/" in sign_in(client, an_officer("planning")).get("/map/").content.decode()
