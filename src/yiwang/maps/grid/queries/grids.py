"""Grids as applied, and their registers as one reader draws them."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.errors import NotFound
from yiwang.maps.grid.contracts import GridNotFound
from yiwang.maps.grid.definitions import Coded, GridDefinition
from yiwang.maps.grid.kinds import GridKind, grid_of
from yiwang.packs.api import as_known
from yiwang.platform.contracts import Actor
from yiwang.registers.api import Mapped, mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadGrid:
    """A grid as a reader sees it; ``components`` is None where he may not list them."""

    grid: GridDefinition
    cells: Mapped
    parents: Mapped
    components: Mapped | None


def list_grids(actor: Actor | None) -> tuple[ReadGrid, ...]:
    """Give the grids whose cells a reader may list, by code."""
    known = as_known(GridKind.key).of_kind(GridKind.key)
    read = (_read(actor, grid_of(each.content), then=False) for each in known)
    return tuple(sorted((each for each in read if each is not None), key=lambda each: each.grid.code))


def read_grid(actor: Actor | None, code: str, *, then: bool = False) -> ReadGrid:
    """Give one grid; ``then`` reads ``%(valid)s`` as known at ``%(known)s``.

    Raises:
        GridNotFound: there is none, or it is not for this reader.
    """
    found = as_known(GridKind.key).get(GridKind.key, code)
    read = _read(actor, grid_of(found.content), then=then) if found is not None else None
    if read is None:
        raise GridNotFound(grid=code)
    return read


def _read(actor: Actor | None, grid: GridDefinition, *, then: bool) -> ReadGrid | None:
    cells, parents = _drawn(actor, grid.cells, then=then), _drawn(actor, grid.parents, then=then)
    if cells is None or parents is None:
        return None
    components = _drawn(actor, grid.components, then=then) if grid.components else None
    if components is not None and grid.components and grid.components.cell not in components.columns:
        components = None
    return ReadGrid(grid=grid, cells=cells, parents=parents, components=components)


def _drawn(actor: Actor | None, coded: Coded, *, then: bool) -> Mapped | None:
    try:
        found = mapped(actor, coded.register_code, coded.shape, then=then)
    except NotFound:  # the register was closed since
        return None
    return found if found is not None and coded.code in found.columns else None
