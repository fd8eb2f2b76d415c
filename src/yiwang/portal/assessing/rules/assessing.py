"""From things that were measured to a score that can be explained line by line. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from yiwang.kernel.scoring import HUNDREDTH, TENTH, grade_of, rounded, weigh
from yiwang.kernel.text import Text
from yiwang.portal.assessing.contracts import Assessment, Line, Measured
from yiwang.portal.assessing.definitions import AssessmentScheme, IndicatorRule

_NOTHING = Text(
    "本期没有发生，权重按比例分给其他指标", "Nothing in this period; its weight goes to the others"
)


def assess(organisation: str, measured: Iterable[Measured], scheme: AssessmentScheme) -> Assessment:
    """Assess one department by what was measured of it."""
    own = [one for one in measured if one.organisation == organisation]
    counts = [
        (
            rule,
            sum(one.good for one in own if one.measure is rule.measure),
            sum(not one.good for one in own if one.measure is rule.measure),
        )
        for rule in scheme.indicators
    ]
    found = [score_of(rule, good, good + bad) for rule, good, bad in counts]
    total, weighed = weigh([(rule.weight, score) for (rule, _, _), score in zip(counts, found, strict=True)])
    grade = grade_of(total, scheme.grades) if total is not None else None
    return Assessment(
        organisation=organisation,
        total=None if total is None else rounded(total, TENTH),
        grade=grade.title if grade else None,
        tone=grade.tone if grade else "neutral",
        lines=tuple(
            Line(
                measure=rule.measure,
                weight=rule.weight,
                good=good,
                bad=bad,
                score=None if score is None else rounded(score, TENTH),
                share=rounded(adds.share * 100, TENTH),
                points=rounded(adds.points, HUNDREDTH),
                reason=_reason(rule, good, good + bad, score),
            )
            for (rule, good, bad), score, adds in zip(counts, found, weighed, strict=True)
        ),
    )


def score_of(rule: IndicatorRule, good: int, total: int) -> Fraction | None:
    """0 up to the lower share, 100 from the upper one on, in a straight line between; None of nothing."""
    if not total:
        return None
    share = Fraction(100 * good, total)
    score = (share - rule.none_at) * 100 / (rule.full_at - rule.none_at)
    return min(max(score, Fraction(0)), Fraction(100))


def _reason(rule: IndicatorRule, good: int, total: int, score: Fraction | None) -> Text:
    if score is None:
        return _NOTHING
    share, shown = rounded(Fraction(100 * good, total), TENTH), rounded(score, TENTH)
    if (rule.none_at, rule.full_at) == (0, 100):
        return Text(f"{good} ÷ {total} × 100 = {shown}", f"{good} ÷ {total} × 100 = {shown}")
    low, high = rule.none_at, rule.full_at
    return Text(
        f"{good} ÷ {total} = {share}%；{low}%以下0分，{high}%以上100分，其间按比例 = {shown}",
        f"{good} ÷ {total} = {share}%; 0 up to {low}%, 100 from {high}%, in a line between = {shown}",
    )
