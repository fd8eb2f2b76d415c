"""The door of printing."""

from yiwang.maps.printing.drawing import draw_map
from yiwang.maps.printing.setting import Sheet, map_data, set_pdf, set_preview, set_still

__all__ = ["Sheet", "draw_map", "map_data", "set_pdf", "set_preview", "set_still"]
