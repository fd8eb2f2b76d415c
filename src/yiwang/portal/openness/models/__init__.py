"""Storage of openness."""

from yiwang.portal.openness.models.answers import PublicAnswer
from yiwang.portal.openness.models.batches import Batch, BatchRow
from yiwang.portal.openness.models.follows import Follow, Mail
from yiwang.portal.openness.models.items import AgencyCode, Item, Serial
from yiwang.portal.openness.models.pages import ExplanationPage, PolicyPage
from yiwang.portal.openness.models.policies import FileAct, Link

__all__ = [
    "AgencyCode",
    "Batch",
    "BatchRow",
    "ExplanationPage",
    "FileAct",
    "Follow",
    "Item",
    "Link",
    "Mail",
    "PolicyPage",
    "PublicAnswer",
    "Serial",
]
