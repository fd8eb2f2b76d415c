"""What the twin refuses beside what the exchange refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text


@dataclass(eq=False)
class KeyNotMadeUp(RuleViolation):
    """The key could be a real one; it was neither looked for nor kept."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "孪生接口只接受虚构的编号；请先取得本资源的虚构编号清单，切勿在测试中使用真实编号。",
        "The twin takes made-up keys only: ask it for a list of them, and never test with real ones.",
    )


@dataclass(eq=False)
class NoTwin(RuleViolation):
    """Resources of this kind have no twin."""

    resource: str
    status: ClassVar[int] = 404
    text: ClassVar[Text] = Text(
        "资源“{resource}”没有孪生数据。", "The resource “{resource}” has no synthetic twin."
    )
