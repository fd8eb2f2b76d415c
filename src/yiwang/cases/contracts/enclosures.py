"""Files that officers put to cases: the proof that goes with one, and why one is missing or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalProof:
    """What was examined of a severed file: it is ``sha256``, made of ``source_sha256``, and holds no text.

    ``regions`` were taken out of ``pages``.
    """

    source_sha256: str
    sha256: str
    pages: int
    regions: int


@dataclass(eq=False)
class EnclosureMissing(RuleViolation):
    """What is given in part goes out as a file from which the rest was taken out, with the proof of it."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}部分公开，须先附上经区分处理并通过复核的文件。",
        "Case {number} gives in part: first enclose a severed file whose check passed.",
    )


@dataclass(eq=False)
class NothingEnclosedNow(RuleViolation):
    """Files are put to a case and taken back at the steps that its item names, by who does the step."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}现在的环节不能增减附件。",
        "At its present step no file can be put to case {number} or taken back.",
    )
