"""What the token game refuses, and why. Node names are bilingual texts; items are never shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import Conflict, RuleViolation
from yiwang.kernel.text import Text


@dataclass(eq=False)
class TokenNotOpen(Conflict):
    """The step was already done or withdrawn when the act arrived."""

    token: int
    text: ClassVar[Text] = Text(
        "该环节已由他人办理或已撤回，请刷新后再看。",
        "This step has already been done or withdrawn. Reload and look again.",
    )


@dataclass(eq=False)
class ProcessAlreadyStarted(Conflict):
    """Start was given to a case that has open tokens."""

    text: ClassVar[Text] = Text("该办件的流程已经开始。", "The process of this case has already started.")


@dataclass(eq=False)
class EventDoesNotFit(RuleViolation):
    """An event of this kind cannot happen at this node, e.g. a timer firing at a human task."""

    node: Text
    event: str
    text: ClassVar[Text] = Text("“{node}”环节不能进行此操作。", "This act does not fit the step “{node}”.")


@dataclass(eq=False)
class OutcomeNotOffered(RuleViolation):
    """The step does not offer this outcome."""

    node: Text
    outcome: str
    text: ClassVar[Text] = Text(
        "“{node}”环节没有“{outcome}”这一办理结果。",
        "The step “{node}” does not offer the outcome “{outcome}”.",
    )


@dataclass(eq=False)
class NoWayOn(RuleViolation):
    """No condition after a gateway holds and it has no default: the data fit none of the declared ways."""

    gateway: str
    text: ClassVar[Text] = Text(
        "流程在分支“{gateway}”处没有符合条件的去向，请联系系统管理员。",
        "No way out of the gateway “{gateway}” fits this case. Tell the administrator.",
    )


@dataclass(eq=False)
class LoopWithoutRest(RuleViolation):
    """Automatic steps follow one another without end; nobody and no instant stands in the loop."""

    steps: int
    text: ClassVar[Text] = Text(
        "流程自动流转超过{steps}步仍未停下，已停止办理。",
        "The process ran {steps} automatic steps without coming to rest and was stopped.",
    )


@dataclass(eq=False)
class CollectionNotAList(RuleViolation):
    """An activity for many got something else than a list to run over."""

    node: Text
    text: ClassVar[Text] = Text(
        "“{node}”环节的办理对象不是一份名单。", "What the step “{node}” is to be done for is not a list."
    )


@dataclass(eq=False)
class WeightNotANumber(RuleViolation):
    """The weight of an opinion is not a number of zero or more."""

    node: Text
    text: ClassVar[Text] = Text(
        "“{node}”环节的意见权重不是有效数字。", "A weight at the step “{node}” is not a valid number."
    )


@dataclass(eq=False)
class AlreadyAsked(RuleViolation):
    """Who is to be added takes part already."""

    node: Text
    text: ClassVar[Text] = Text("该对象已在“{node}”环节中。", "They already take part in the step “{node}”.")


@dataclass(eq=False)
class NotAsked(RuleViolation):
    """Who is to be taken out does not take part."""

    node: Text
    text: ClassVar[Text] = Text("该对象不在“{node}”环节中。", "They do not take part in the step “{node}”.")


@dataclass(eq=False)
class AlreadyAnswered(RuleViolation):
    """Who is to be taken out has given an opinion; an opinion stays on the record."""

    node: Text
    text: ClassVar[Text] = Text(
        "该对象已在“{node}”环节出具意见，不能移出。",
        "They have already given their opinion at the step “{node}” and cannot be taken out.",
    )


@dataclass(eq=False)
class ReturnNotAllowed(RuleViolation):
    """A return there would leave the process in a state from which it cannot end properly."""

    source: Text
    target: Text
    text: ClassVar[Text] = Text(
        "不能从“{source}”退回到“{target}”。", "A return from “{source}” to “{target}” is not possible."
    )
