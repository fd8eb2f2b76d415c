"""Storage of registers."""

from yiwang.registers.models.definitions import Register
from yiwang.registers.models.duplicates import DuplicatePair, DuplicateRun, Merge
from yiwang.registers.models.exports import Export
from yiwang.registers.models.loads import FileLoad

__all__ = ["DuplicatePair", "DuplicateRun", "Export", "FileLoad", "Merge", "Register"]
