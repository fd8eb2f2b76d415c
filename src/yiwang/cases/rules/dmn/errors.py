"""What a decision may refuse when it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text


@dataclass(eq=False)
class DecisionNotFound(NotFound):
    """The model has no decision of this id."""

    decision: str
    text: ClassVar[Text] = Text("没有名为“{decision}”的决策。", "There is no decision “{decision}”.")


@dataclass(eq=False)
class RulesDisagree(RuleViolation):
    """Several rules of a UNIQUE table hit, or those of an ANY table answer differently."""

    decision: str
    rules: str
    text: ClassVar[Text] = Text(
        "决策“{decision}”的第{rules}条规则相互冲突，请修改决策表。",
        "Rules {rules} of the decision “{decision}” contradict each other; the table must be corrected.",
    )


@dataclass(eq=False)
class InputNotAllowed(RuleViolation):
    """An input is of another type than the table says, or not among its allowed values."""

    decision: str
    column: str
    text: ClassVar[Text] = Text(
        "决策“{decision}”的输入“{column}”不在允许的范围内。",
        "The input “{column}” of the decision “{decision}” is not one that is allowed.",
    )
