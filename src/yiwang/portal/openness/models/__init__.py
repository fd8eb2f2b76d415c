"""Storage of openness."""

from yiwang.portal.openness.models.items import AgencyCode, Item, Serial
from yiwang.portal.openness.models.policies import FileAct, Link

__all__ = ["AgencyCode", "FileAct", "Item", "Link", "Serial"]
