"""Where applicants are: the same for the same seed, on land that is for it, in rooms that the plan allows."""

from __future__ import annotations

import re
from pathlib import Path

from yiwang.cli.simulation.behaviours import HABITS
from yiwang.cli.simulation.draws import Draws
from yiwang.cli.simulation.grounds import places_of
from yiwang.cli.simulation.places import Place
from yiwang.cli.simulation.sites import Plot, Whereabouts

PLACES = places_of(Path(__file__).parents[3] / "cities" / "guangzhou")
ELSEWHERE = Place("440113105001", "番禺某处1号")
COMMUNITY = "440103018009"


def _plot(use: str, state: str, number: int) -> Plot:
    return Plot(
        code=f"{use}-{state}-{number}", division=COMMUNITY, location=f"和田大道{number}号", use=use,
        state=state, land_area=5000, far=2, height=20,
    )  # fmt: skip


PLOTS = tuple(
    _plot(use, state, number)
    for use in ("M1", "W1", "B1", "B2", "U1", "R2", "G1")
    for state in ("vacant", "building", "built")
    for number in (4, 8)
)


def _where(seed: int = 1, plots: tuple[Plot, ...] = PLOTS) -> Whereabouts:
    return Whereabouts(places=PLACES, plots=plots, draws=Draws(seed))


def test_a_project_stands_on_land_of_its_industry_in_the_state_that_its_firm_says() -> None:
    fit = {
        ("C3911", "new_land"): {("M1", "vacant")},
        ("C3911", "own_land"): {("M1", "building"), ("M1", "built")},
        ("F5165", "existing_building"): {("W1", "built"), ("B1", "built")},
        ("I6513", "new_land"): {("B2", "vacant")},
        ("N7721", "new_land"): {("U1", "vacant"), ("M1", "vacant")},
    }
    for (industry, land), allowed in fit.items():
        drawn = [_where().project_plot(number, industry, land) for number in range(200)]
        assert {(plot.use, plot.state) for plot in drawn if plot is not None} == allowed
        share = sum(plot is not None for plot in drawn) / len(drawn)
        assert abs(share - HABITS.on_planned_ground) < 0.1


def test_people_live_in_dwellings_and_firms_sit_in_offices_below_the_height_of_the_plan() -> None:
    where = _where()
    homes = {where.home(f"s1.{number}", ELSEWHERE) for number in range(100)}
    offices = {where.office(number, ELSEWHERE) for number in range(100)}
    for place in (homes | offices) - {ELSEWHERE}:
        assert place.community == COMMUNITY
        room = re.fullmatch(r"广州市荔湾区茶滘街道红棉社区和田大道[48]号([1-9])0([1-6])房", place.address)
        assert room is not None, place
        assert int(room[1]) <= 6
    assert ELSEWHERE in homes & offices


def test_the_same_seed_and_person_give_the_same_place_and_another_seed_others() -> None:
    assert _where().home("s1.00001", ELSEWHERE) == _where().home("s1.00001", ELSEWHERE)
    for draw in (
        lambda where: [where.home(f"s.{number}", ELSEWHERE) for number in range(20)],
        lambda where: [where.project_plot(number, "C39", "new_land") for number in range(20)],
    ):
        assert draw(_where()) == draw(_where())
        assert draw(_where()) != draw(_where(2))


def test_who_has_no_plan_is_elsewhere() -> None:
    where = _where(plots=())
    assert where.home("s1.00001", ELSEWHERE) == ELSEWHERE
    assert where.office(1, ELSEWHERE) == ELSEWHERE
    assert [where.project_plot(number, "C39", "new_land") for number in range(20)] == [None] * 20


def test_only_communities_of_the_city_count() -> None:
    assert PLACES.has_community(COMMUNITY)
    assert not any(PLACES.has_community(code) for code in ("440103018", "440103018999", "", "440103"))
