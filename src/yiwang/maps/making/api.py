"""The door of making layers."""

from yiwang.maps.making.commands.begin_case_layer import begin_case_layer
from yiwang.maps.making.commands.begin_change import begin_change
from yiwang.maps.making.commands.begin_layer import begin_layer
from yiwang.maps.making.commands.begin_measure import begin_measure
from yiwang.maps.making.commands.drop_draft import drop_draft
from yiwang.maps.making.commands.publish_layer import publish_layer
from yiwang.maps.making.commands.save_layer import save_layer
from yiwang.maps.making.commands.withdraw_layer import withdraw_layer
from yiwang.maps.making.queries.checking import check_layer
from yiwang.maps.making.queries.countable import Countable, areas_of_divisions, countable_registers
from yiwang.maps.making.queries.drafts import (
    MAKE,
    get_layer_draft,
    list_layer_drafts,
    list_layer_versions,
    list_made_layers,
)
from yiwang.maps.making.queries.drawable import drawable, drawable_items, drawable_layer
from yiwang.maps.making.queries.previewing import candidate_of, candidate_tile
from yiwang.maps.making.queries.proposing import proposed_breaks
from yiwang.maps.making.queries.sources import drawable_registers, known_groups

__all__ = [
    "MAKE",
    "Countable",
    "areas_of_divisions",
    "begin_case_layer",
    "begin_change",
    "begin_layer",
    "begin_measure",
    "candidate_of",
    "candidate_tile",
    "check_layer",
    "countable_registers",
    "drawable",
    "drawable_items",
    "drawable_layer",
    "drawable_registers",
    "drop_draft",
    "get_layer_draft",
    "known_groups",
    "list_layer_drafts",
    "list_layer_versions",
    "list_made_layers",
    "proposed_breaks",
    "publish_layer",
    "save_layer",
    "withdraw_layer",
]
