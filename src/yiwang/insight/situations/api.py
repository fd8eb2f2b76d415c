"""The door of situations."""

from yiwang.insight.situations.queries.readings import EAST, NORTH
from yiwang.insight.situations.queries.situations import list_situations, read_situation

__all__ = ["EAST", "NORTH", "list_situations", "read_situation"]
