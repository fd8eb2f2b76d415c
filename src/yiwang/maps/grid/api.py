"""The door of the grid."""

from yiwang.maps.grid.queries.checking import MOST, check_grid
from yiwang.maps.grid.queries.grids import ReadGrid, list_grids, read_grid

__all__ = ["MOST", "ReadGrid", "check_grid", "list_grids", "read_grid"]
