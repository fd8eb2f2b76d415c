"""The door of situations."""

from yiwang.insight.situations.commands.close_response import close_response
from yiwang.insight.situations.commands.open_response import open_response
from yiwang.insight.situations.queries.readings import EAST, NORTH
from yiwang.insight.situations.queries.responses import DECIDE
from yiwang.insight.situations.queries.situations import list_situations, read_situation

__all__ = [
    "DECIDE",
    "EAST",
    "NORTH",
    "close_response",
    "list_situations",
    "open_response",
    "read_situation",
]
