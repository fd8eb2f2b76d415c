"""The door of printing."""

from yiwang.maps.printing.drawing import draw_map
from yiwang.maps.printing.setting import Sheet, map_data, set_pdf, set_preview, set_still
from yiwang.maps.printing.turns import turn

__all__ = ["Sheet", "draw_map", "map_data", "set_pdf", "set_preview", "set_still", "turn"]
