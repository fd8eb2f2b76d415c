"""From counts to a score that can be explained line by line. Exact fractions; rounded only to be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yiwang.cases.contracts.figures import MARKS, Indicator
from yiwang.insight.contracts import INDICATOR_TEXTS, MARK_TEXTS, MarkCount, Score, ScoreLine
from yiwang.insight.definitions import Deductions, ScoringScheme, Weights
from yiwang.kernel.scoring import HUNDREDTH, TENTH, grade_of, rounded, weigh
from yiwang.kernel.text import Text

Counts = Mapping[str, int]
_NOTHING = Text("本月没有发生，权重按比例分给其他指标", "Nothing this month; its weight goes to the others")


def score(
    counts: Mapping[Indicator, Counts],
    *,
    weights: Weights,
    scheme: ScoringScheme,
) -> Score:
    """Score one department or officer; ``counts`` are those of ``yiwang.cases.api.tallies`` by mark."""
    active = any(counts.get(indicator) for indicator in Indicator)
    limits = sum(counts.get(Indicator.ON_TIME, {}).values())
    rule = CardRule(deductions=scheme.deductions, limits=limits, active=active)
    measured = {indicator: measure(indicator, counts.get(indicator, {}), rule) for indicator in Indicator}
    declared: dict[Indicator, int] = {indicator: getattr(weights, indicator) for indicator in Indicator}
    total, weighed = weigh([(declared[indicator], found) for indicator, found in measured.items()])
    lines = []
    for (indicator, found), adds in zip(measured.items(), weighed, strict=True):
        lines.append(
            ScoreLine(
                indicator=indicator,
                title=INDICATOR_TEXTS[indicator],
                weight=declared[indicator],
                marks=_marks(indicator, counts.get(indicator, {})),
                score=None if found is None else rounded(found, TENTH),
                share=rounded(adds.share * 100, TENTH),
                points=rounded(adds.points, HUNDREDTH),
                reason=_reason(indicator, counts.get(indicator, {}), rule, found),
            )
        )
    if total is None:
        return Score(total=None, lines=tuple(lines), grade=None, tone="neutral")
    grade = grade_of(total, scheme.grades)
    return Score(total=rounded(total, TENTH), lines=tuple(lines), grade=grade.title, tone=grade.tone)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRule:
    """What cards cost: the declared points, the limits that ended, and whether anything happened at all."""

    deductions: Deductions
    limits: int
    active: bool = True

    @property
    def base(self) -> int:
        """The number of limits to which the declared points belong."""
        return max(self.deductions.per_limits, self.limits)

    def lost(self, counts: Counts) -> Fraction:
        """Points that these cards take away."""
        points = counts.get("yellow", 0) * self.deductions.yellow + counts.get("red", 0) * self.deductions.red
        return Fraction(points * self.deductions.per_limits, self.base)


def measure(indicator: Indicator, counts: Counts, rule: CardRule) -> Fraction | None:
    """Give 0 to 100 for one indicator, or None where there is nothing to measure.

    No card is a merit, not a gap: it counts in full wherever anything at all happened.
    """
    total = sum(counts.values())
    match indicator:
        case Indicator.ON_TIME:
            return _part(counts.get("on_time", 0), total)
        case Indicator.CARDS:
            return max(Fraction(0), 100 - rule.lost(counts)) if rule.active else None
        case Indicator.NOTICES:
            return _part(counts.get("in_time", 0), total)
        case Indicator.RATINGS:
            levels = sum(int(level) * count for level, count in counts.items())
            return Fraction(levels * 20, total) if total else None
        case Indicator.SUPPLEMENTS:
            return _part(counts.get("clean", 0), total)


def percent(part: int, whole: int) -> Decimal | None:
    """A rate in percent with one decimal; None of nothing."""
    return rounded(Fraction(part * 100, whole), TENTH) if whole else None


def _part(good: int, total: int) -> Fraction | None:
    return Fraction(good * 100, total) if total else None


def _marks(indicator: Indicator, counts: Counts) -> tuple[MarkCount, ...]:
    return tuple(
        MarkCount(mark=mark, title=MARK_TEXTS[indicator, mark], count=counts.get(mark, 0))
        for mark in MARKS[indicator]
    )


def _reason(indicator: Indicator, counts: Counts, rule: CardRule, found: Fraction | None) -> Text:
    if found is None:
        return _NOTHING
    shown = rounded(found, TENTH)
    total = sum(counts.values())
    written: dict[Indicator, Callable[[], Text]] = {
        Indicator.ON_TIME: lambda: _share("按时", "on time", counts.get("on_time", 0), total, shown),
        Indicator.NOTICES: lambda: _share("按时答复", "in time", counts.get("in_time", 0), total, shown),
        Indicator.SUPPLEMENTS: lambda: _share("一次收齐", "complete", counts.get("clean", 0), total, shown),
        Indicator.RATINGS: lambda: _rating(counts, total, shown),
        Indicator.CARDS: lambda: _cards(counts, rule, shown),
    }
    return written[indicator]()


def _share(zh: str, en: str, good: int, total: int, shown: Decimal) -> Text:
    return Text(
        f"{zh}{good}项 ÷ 共{total}项 × 100 = {shown}", f"{good} {en} ÷ {total} in all × 100 = {shown}"
    )


def _cards(counts: Counts, rule: CardRule, shown: Decimal) -> Text:
    yellow, red = counts.get("yellow", 0), counts.get("red", 0)
    points, per = rule.deductions, rule.deductions.per_limits
    scaled = rule.base > per
    zh = f"{yellow}张黄牌 × {points.yellow}分 + {red}张红牌 × {points.red}分"
    en = f"{yellow} yellow × {points.yellow} + {red} red × {points.red}"
    if scaled:
        zh, en = f"({zh}) × {per} ÷ {rule.base}项时限", f"({en}) × {per} ÷ {rule.base} limits"
    else:
        zh, en = f"({zh})", f"({en})"
    return Text(f"100 − {zh} = {shown}（最低0分）", f"100 − {en} = {shown} (not below 0)")


def _rating(counts: Counts, total: int, shown: Decimal) -> Text:
    levels = sum(int(level) * count for level, count in counts.items())
    return Text(
        f"{total}次评价共{levels}级 ÷ {total} × 20 = {shown}",
        f"{levels} levels in {total} ratings ÷ {total} × 20 = {shown}",
    )
