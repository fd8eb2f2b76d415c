"""What maps register at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.analysis import registration as analysis
from yiwang.maps.analysis.offering import DigCheck
from yiwang.maps.analysis.web import menu as studies
from yiwang.maps.api import list_layers
from yiwang.maps.drawing import PublicGround
from yiwang.maps.grid.kinds import GridKind
from yiwang.maps.grid.web import menu as grid_menu
from yiwang.maps.kinds import LayerKind
from yiwang.maps.making.cataloguing import follow_catalogued
from yiwang.maps.making.files.api import FROM_FILE
from yiwang.maps.making.web import menu as making
from yiwang.maps.picking import LayerGround
from yiwang.maps.queries.layer_files import LayersAsFiles
from yiwang.maps.rasters import registration as rasters
from yiwang.maps.web.menu import register_menu
from yiwang.packs.api import KINDS
from yiwang.platform.contracts import Actor
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.registers.api import (
    BORDERS,
    DISTRICTS,
    DRAW_GROUND,
    DRAW_GROUNDS,
    ENTRY_LINKS,
    GROUND_CHECK,
    GROUND_CHECKS,
    LAYER_FILE,
    LAYER_FILES,
    PICK_GROUND,
    PICK_GROUNDS,
    Borders,
    EntryLink,
)

#: Who decides and who prepares decisions, at his own organisation.
_MAKERS = frozenset({"handler", "approver"})


def register() -> None:
    """Run once, when all apps are ready."""
    KINDS.register(LayerKind.key, LayerKind())
    ENTRY_LINKS.register(
        "map", EntryLink(title=Text("在地图上看", "See it on the map"), url_name="maps:entry", fits=_is_drawn)
    )
    BORDERS.register(DISTRICTS, Borders(register="district_borders", division="code", border="border"))
    LAYER_FILES.register(LAYER_FILE, LayersAsFiles())
    PICK_GROUNDS.register(PICK_GROUND, LayerGround())
    DRAW_GROUNDS.register(DRAW_GROUND, PublicGround())
    GROUND_CHECKS.register(GROUND_CHECK, DigCheck())
    declare("maps.layer.make", Text("制作图层", "Make a layer"), roles=_MAKERS)
    declare(FROM_FILE, Text("用文件制作图层", "Make a layer of a file"), roles=_MAKERS)
    KINDS.register(GridKind.key, GridKind())
    repeat("maps.catalogued_layers", follow_catalogued, seconds=300)
    register_menu()
    grid_menu.register_menu()
    making.register_menu()
    analysis.register()
    studies.register_menu()
    rasters.register()


def _is_drawn(actor: Actor, register: str) -> bool:
    return any(each.layer.register_code == register for each in list_layers(actor))
