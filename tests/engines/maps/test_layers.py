"""Layers as packs declare them: refused with file and place, applied without a copy of data."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.engines.maps.conftest import PLOT_LAYER, PLOTS, TREE_LAYER

from yiwang.kernel.errors import DefinitionRefused
from yiwang.maps.models import Layer


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attname LIKE '\\_map%%'",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def test_a_layer_is_applied_and_its_register_keeps_what_is_drawn(pack) -> None:
    pack()
    assert list(Layer.objects.order_by("code").values_list("code", "revision")) == [
        ("plots", 1),
        ("trees", 1),
    ]
    assert _columns("reg.plots") == _columns("reg.plots_history") == ["_map2"]
    pack(layers__plots=PLOT_LAYER.replace("1d70b8", "d4351c"))
    assert Layer.objects.get(code="plots").revision == 2


def test_what_is_drawn_outlives_a_field_that_is_replaced(pack) -> None:
    pack()
    pack(allow_destructive=True, registers__plots=PLOTS.replace("kind: area", "kind: path"))
    assert _columns("reg.plots") == ["_map2"]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        (("register: plots", "register: plotz"), "register"),
        (("name: price", "name: prize"), "fields.1.name"),
        (('draw: plain, colour: "#1d70b8"', "draw: heat"), "style"),
        (("field: number", "field: nobody"), ""),
        (("pixels: 4}", "pixels: 4}\n  - {rule: sample, from_zoom: 11, one_in: 5}"), ""),
        (('colour: "#1d70b8"', 'colour: "url(x)"'), "style.plain.colour"),
    ],
)
def test_a_layer_that_does_not_fit_is_refused_at_its_place(pack, changed, path) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        pack(layers__plots=PLOT_LAYER.replace(*changed))
    assert [problem.path for problem in refused.value.problems] == [path]
    assert not Layer.objects.exists()


def test_clusters_are_for_points(pack) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        pack(
            layers__trees=TREE_LAYER.replace("register: trees", "register: plots").replace("keeper", "holder")
        )
    assert {problem.path for problem in refused.value.problems} == {"style", "generalise.0"}
