"""Layers of some of a register's entries: those that have one of the declared values."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.engines.maps.conftest import TREE_LAYER, TREES
from tests.engines.maps.test_tiles import AT, NEAR

from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.errors import DefinitionRefused
from yiwang.maps.models import Layer
from yiwang.maps.testing import read_tile
from yiwang.registers.api import enter_entry

pytestmark = pytest.mark.django_db
GROWTH = (
    "  - {id: 4, name: growth, kind: code, title: {zh: 长势, en: Growth}, searchable: true, "
    "secrecy: SECRECY,\n     codes: [{code: good, title: {zh: 好, en: Good}}, "
    "{code: poor, title: {zh: 差, en: Poor}}]}\n"
)
POOR = TREE_LAYER.replace("style:", "only:\n  - {field: growth, values: [poor]}\nstyle:")


def _drawn(client: Client) -> tuple[int, list[object]]:
    answer = client.get(f"/maps/tiles/trees/{NEAR}.mvt")
    if answer.status_code != 200:
        return answer.status_code, []
    return 200, sorted(str(one["number"]) for one in read_tile(answer.content).of("trees"))


@pytest.mark.parametrize(("secrecy", "public"), [("public", (200, ["T1"])), ("internal", (404, []))])
def test_d45_a_layer_of_some_entries_is_for_those_who_see_by_what_they_are_chosen(
    client, pack, secrecy, public
) -> None:
    pack(registers__trees=TREES + GROWTH.replace("SECRECY", secrecy), layers__trees=POOR)
    parks = an_officer("parks")
    for place, growth in enumerate(("good", "poor")):
        where = {"lon": 113.2644 + place * 0.0001, "lat": 23.1291}
        values = {"number": f"T{place}", "place": where, "keeper": "李树人", "growth": growth}
        enter_entry(actor=parks, at=AT, register="trees", values=values)
    assert _drawn(sign_in(client, parks)) == (200, ["T1"])
    assert _drawn(Client()) == public


def test_a_value_with_the_signs_of_a_parameter_is_a_value(client, pack) -> None:
    named = 'only:\n  - {field: number, values: ["50%(zoom)s", "7%"]}\nstyle:'
    searched = TREES.replace("unique: true,", "unique: true, searchable: true,")
    pack(registers__trees=searched, layers__trees=TREE_LAYER.replace("style:", named))
    parks = an_officer("parks")
    for place, number in enumerate(("50%(zoom)s", "7%", "7")):
        where = {"lon": 113.2644 + place * 0.0001, "lat": 23.1291}
        values = {"number": number, "place": where, "keeper": "李树人"}
        enter_entry(actor=parks, at=AT, register="trees", values=values)
    assert _drawn(sign_in(client, parks)) == (200, ["50%(zoom)s", "7%"])
    far = read_tile(client.get("/maps/tiles/trees/10/834/444.mvt").content)
    assert [one["_count"] for one in far.of("trees")] == [2]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        (("values: [poor]", "values: [worse]"), "only.0"),
        (("field: growth", "field: keeper"), "only.0"),
        (("name: number}", "name: growth, organisations: [parks]}"), ""),
    ],
)
def test_what_cannot_choose_entries_is_refused(pack, changed, path) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        pack(
            registers__trees=TREES + GROWTH.replace("SECRECY", "public"),
            layers__trees=POOR.replace(*changed),
        )
    assert [problem.path for problem in refused.value.problems] == [path]
    assert not Layer.objects.exists()
