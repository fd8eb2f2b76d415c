"""Synthetic people and firms: well-formed numbers, nobody's, the same for the same seed."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from yiwang.cli.simulation.draws import Draws, pick
from yiwang.cli.simulation.firms import credit_code, industry_like, synthetic_firms
from yiwang.cli.simulation.people import REGION, synthetic_people
from yiwang.cli.simulation.places import Places, short_name
from yiwang.identity.city_files import read_city_files
from yiwang.identity.rules.field_checks import citizen_faults, entity_faults
from yiwang.kernel.codes import birth_of, check_credit_code, check_resident_id
from yiwang.registers.synthesis.numbers import PHONE_RANGE

GUANGZHOU = Path(__file__).parents[3] / "cities" / "guangzhou"
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(read_city_files(GUANGZHOU).divisions)


def people(places: Places, seed: int, count: int):
    return list(islice(synthetic_people(Draws(seed), places), count))


def test_five_hundred_people_have_numbers_of_their_own_that_no_office_gives(places):
    found = people(places, 1, 500)

    assert len({person.resident_id for person in found}) == 500
    assert len({person.username for person in found}) == 500
    for person in found:
        assert check_resident_id(person.resident_id, on=TODAY) is None
        assert person.resident_id[:6] == REGION
        assert birth_of(person.resident_id) == person.birth
        assert int(person.resident_id[16]) % 2 == int(person.sex) % 2
        assert person.phone.startswith(PHONE_RANGE)
        assert len(person.phone) == 11
        assert (
            citizen_faults(
                username=person.username,
                name=person.name,
                resident_id=person.resident_id,
                phone=person.phone,
                today=TODAY,
            )
            == ()
        )


def test_the_same_seed_gives_the_same_people_and_another_seed_others(places):
    assert people(places, 7, 40) == people(places, 7, 60)[:40]
    assert people(places, 7, 40) != people(places, 8, 40)


def test_firms_have_well_formed_codes_of_an_unused_series_and_names_of_their_own(places):
    settled = people(places, 1, 200)
    firms = list(synthetic_firms(Draws(1), places, settled, before=TODAY))

    assert len({firm.credit_code for firm in firms}) == len({firm.name for firm in firms}) == 200
    for firm in firms:
        assert check_credit_code(firm.credit_code) is None
        assert firm.credit_code[8:10] == "MK"
        assert industry_like(firm.industry).code == firm.industry
        assert firm.established < TODAY
        assert (
            entity_faults(
                credit_code=firm.credit_code,
                name=firm.name,
                legal_representative=firm.representative.name,
            )
            == ()
        )


def test_two_seeds_share_no_credit_code():
    assert not {credit_code(1, index) for index in range(1000)} & {
        credit_code(2, index) for index in range(1000)
    }


def test_addresses_lie_in_real_communities(places):
    place = places.draw(Draws(3).of("home"))

    assert place.address.startswith(places.name(place.community))
    assert place.community.startswith(place.street)
    assert place.street.startswith(place.district)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("翠洲社区居民委员会", "翠洲社区"),
        ("益丰社区居委会", "益丰社区"),
        ("乐意居社区居居委会", "乐意居社区"),
        ("百合居民委员会", "百合社区"),
        ("古西村民委员会", "古西村"),
        ("永乐村村民委员会", "永乐村"),
        ("乌石村委会", "乌石村"),
        ("海傍农场生活区", "海傍农场生活区"),
    ],
)
def test_a_committee_gives_its_place_the_name(body, place):
    assert short_name(body) == place


def test_draws_do_not_depend_on_the_order_in_which_they_are_asked_for():
    draws = Draws(5)
    first = [draws.of("case", 1).random(), draws.of("case", 2).random()]

    assert [draws.of("case", 2).random(), draws.of("case", 1).random()] == first[::-1]
    assert first[0] != first[1]
    assert pick(Draws(5).of("x"), {"only": 1.0, "never": 0.0}) == "only"
