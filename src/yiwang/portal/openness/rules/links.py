"""What belongs to a policy file: its explanation, questions and answers, the service that carries it out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from yiwang.kernel.text import Text


class ItemKind(StrEnum):
    """What an item is."""

    POLICY = "policy"
    EXPLANATION = "explanation"
    QUESTIONS = "questions"
    OTHER = "other"


KIND_TEXTS = {
    ItemKind.POLICY: Text("政策文件", "Policy file"),
    ItemKind.EXPLANATION: Text("政策解读", "Explanation"),
    ItemKind.QUESTIONS: Text("政策问答", "Questions and answers"),
    ItemKind.OTHER: Text("其他信息", "Other information"),
}


class Need(StrEnum):
    """What a policy file is linked to."""

    EXPLANATION = "explanation"
    QUESTIONS = "questions"
    SERVICE = "service"


NEED_TEXTS = {
    Need.EXPLANATION: Text("政策解读", "Explanation"),
    Need.QUESTIONS: Text("政策问答", "Questions and answers"),
    Need.SERVICE: Text("办事服务", "Service"),
}


def missing(links: Mapping[Need, int], not_needed: Collection[str]) -> tuple[Need, ...]:
    """What a policy file lacks: needs without a link that nobody has said it does without."""
    return tuple(need for need in Need if not links.get(need) and need not in not_needed)
