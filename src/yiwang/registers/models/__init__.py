"""Storage of registers."""

from yiwang.registers.models.definitions import Register
from yiwang.registers.models.loads import FileLoad

__all__ = ["FileLoad", "Register"]
