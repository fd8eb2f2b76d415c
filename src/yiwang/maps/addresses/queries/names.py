"""Names of divisions as this city's addresses bear them, remembered while nothing changes."""

from __future__ import annotations

import uuid

from yiwang.identity.api import division_names
from yiwang.kernel.memory import Memory
from yiwang.maps.addresses.models import IndexState, PlaceName
from yiwang.maps.addresses.rules.gazetteer import Gazetteer, make_gazetteer

_memory: Memory[uuid.UUID | None, Gazetteer] = Memory(2)


def gazetteer() -> Gazetteer:
    """Divisions of the city with their other names."""
    mark = IndexState.objects.filter(pk=1).values_list("mark", flat=True).first()
    found = _memory.get(mark)
    if found is None or mark is None:
        others = PlaceName.objects.filter(kind="division").values_list("name", "district")
        divisions = {code: name.zh for code, name in division_names().items()}
        found = _memory.keep(mark, make_gazetteer(divisions, also=list(others)))
    return found
