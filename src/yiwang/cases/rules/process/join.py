"""How many opinions become one: all, any, quorum, weighted, veto, each finishing as early as it is certain.

The legal effect is one of ``approve``, ``conditional`` (approved under conditions) and ``refuse``. An
opinion ``refuse`` (or the rule's veto outcome) speaks against, ``abstain`` for nobody, any other for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yiwang.cases.rules.process.model import JoinKind, JoinRule
from yiwang.cases.rules.process.tokens import Tally

APPROVE = "approve"
CONDITIONAL = "conditional"
REFUSE = "refuse"
ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One answer and what it weighs."""

    outcome: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Pending:
    """Not certain yet: the answers still to come can change the result."""


@dataclass(frozen=True, slots=True)
class Certain:
    """The result stands; answers still to come cannot change it."""

    result: str


def joined(
    rule: JoinRule, expected: int, opinions: Sequence[Opinion], outstanding: Decimal | None = None
) -> Pending | Certain:
    """Apply a rule to the opinions given so far.

    ``expected`` counts all who were asked, ``outstanding`` is the weight of those who have not answered
    (by default one each). ``all`` hears everyone before it refuses, so that the applicant learns every
    reason at once; ``veto`` ends with the first veto. Nobody asked: ``all`` and ``veto`` approve, for
    nobody objects; the others refuse, for nobody supports.
    """
    missing = expected - len(opinions)
    if outstanding is None:
        outstanding = Decimal(missing)
    match rule.kind:
        case JoinKind.ALL:
            return _when_complete(rule, opinions, missing)
        case JoinKind.VETO:
            if any(opinion.outcome == rule.veto_outcome for opinion in opinions):
                return Certain(REFUSE)
            return _when_complete(rule, opinions, missing)
        case JoinKind.ANY:
            return _reached(rule, [Opinion(each.outcome) for each in opinions], Decimal(missing), Decimal(1))
        case JoinKind.QUORUM:
            return _reached(
                rule,
                [Opinion(each.outcome) for each in opinions],
                Decimal(missing),
                _needed(rule, Decimal(expected)),
            )
        case JoinKind.WEIGHTED:
            asked = sum((opinion.weight for opinion in opinions), outstanding)
            return _reached(rule, opinions, outstanding, _needed(rule, asked))


def tally(rule: JoinRule, opinions: Sequence[Opinion], result: str) -> Tally:
    """Count opinions by their legal effect."""
    effects = [_effect(rule, opinion.outcome) for opinion in opinions]
    return Tally(
        approve=effects.count(APPROVE),
        conditional=effects.count(CONDITIONAL),
        refuse=effects.count(REFUSE),
        total=len(effects),
        result=result,
    )


def _effect(rule: JoinRule, outcome: str) -> str:
    if outcome == REFUSE or (rule.kind is JoinKind.VETO and outcome == rule.veto_outcome):
        return REFUSE
    return outcome if outcome in {CONDITIONAL, ABSTAIN} else APPROVE


def _when_complete(rule: JoinRule, opinions: Sequence[Opinion], missing: int) -> Pending | Certain:
    if missing > 0:
        return Pending()
    effects = {_effect(rule, opinion.outcome) for opinion in opinions}
    if REFUSE in effects:
        return Certain(REFUSE)
    return Certain(CONDITIONAL if CONDITIONAL in effects else APPROVE)


def _needed(rule: JoinRule, asked: Decimal) -> Decimal:
    """What must be reached; a count larger than all who were asked means all of them."""
    quorum = rule.quorum if rule.quorum is not None else Decimal("0.5")
    if isinstance(quorum, int):
        return max(min(Decimal(quorum), asked), Decimal(1))
    share = quorum * asked
    return max(share if rule.kind is JoinKind.WEIGHTED else Decimal(math.ceil(share)), Decimal(0))


def _reached(
    rule: JoinRule, opinions: Sequence[Opinion], outstanding: Decimal, needed: Decimal
) -> Pending | Certain:
    effects = [(_effect(rule, opinion.outcome), opinion.weight) for opinion in opinions]
    support = sum((weight for effect, weight in effects if effect in {APPROVE, CONDITIONAL}), Decimal(0))
    if support > 0 and support >= needed:
        conditional = any(effect == CONDITIONAL for effect, _ in effects)
        return Certain(CONDITIONAL if conditional else APPROVE)
    if support + outstanding < needed or outstanding <= 0:
        return Certain(REFUSE)
    return Pending()
