"""What the reading program is asked and may refuse."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text

MOST_BYTES = 50_000_000
MOST_PAGES = 1_000
#: Unpacked bytes of one part of a package, and of all that are read.
MOST_PART = 30_000_000
MOST_UNPACKED = 120_000_000


class DocumentKind(StrEnum):
    """What is read."""

    DOCX = "docx"
    PDF = "pdf"
    OFD = "ofd"


@dataclass(eq=False)
class DocumentTooHeavy(RuleViolation):
    """It is too large, or reading it takes more time or memory than any document should."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("文件过大或者过于复杂", "The file is too large or too complex")


@dataclass(eq=False)
class DocumentUnreadable(RuleViolation):
    """It is damaged, locked, or not what it says."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "文件已损坏、加密或者格式不符", "The file is damaged, locked or of another kind"
    )
