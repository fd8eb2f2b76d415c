"""Storage of registers."""

from yiwang.registers.models.definitions import Register
from yiwang.registers.models.drafts import RegisterDraft
from yiwang.registers.models.drawn import DrawnChange
from yiwang.registers.models.duplicates import DuplicatePair, DuplicateRun, Merge
from yiwang.registers.models.exports import Export
from yiwang.registers.models.feed import FeedMark
from yiwang.registers.models.intakes import ColumnMapping, Intake
from yiwang.registers.models.loads import FileLoad
from yiwang.registers.models.quality import Defect, QualityRun, QualityScore
from yiwang.registers.models.revisions import ChangeNotice, Revision

__all__ = [
    "ChangeNotice",
    "ColumnMapping",
    "Defect",
    "DrawnChange",
    "DuplicatePair",
    "DuplicateRun",
    "Export",
    "FeedMark",
    "FileLoad",
    "Intake",
    "Merge",
    "QualityRun",
    "QualityScore",
    "Register",
    "RegisterDraft",
    "Revision",
]
