"""Scores against hand-counted ones and against a naive recount."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from yiwang.cases.contracts.figures import MARKS, Indicator
from yiwang.insight.definitions import ScoringScheme
from yiwang.insight.rules.scores import percent, score

PACK = Path(__file__).resolve().parents[3] / "packs/supervision/scoring/monthly.yaml"
DECLARED = yaml.safe_load(PACK.read_text())
SCHEME = ScoringScheme.model_validate(DECLARED)
BUSY = {
    Indicator.ON_TIME: {"on_time": 42, "late": 3},
    Indicator.CARDS: {"yellow": 2, "red": 1},
    Indicator.NOTICES: {"in_time": 1, "unanswered": 1},
    Indicator.RATINGS: {"5": 3, "2": 1},
    Indicator.SUPPLEMENTS: {"clean": 9, "supplemented": 1},
}


def test_a_busy_department_line_by_line():
    found = score(BUSY, weights=SCHEME.departments, scheme=SCHEME)

    assert [(line.indicator.value, line.score, line.share, line.points) for line in found.lines] == [
        ("on_time", Decimal("93.3"), Decimal("40.0"), Decimal("37.33")),
        ("cards", Decimal("75.0"), Decimal("20.0"), Decimal("15.00")),
        ("notices", Decimal("50.0"), Decimal("15.0"), Decimal("7.50")),
        ("ratings", Decimal("85.0"), Decimal("15.0"), Decimal("12.75")),
        ("supplements", Decimal("90.0"), Decimal("10.0"), Decimal("9.00")),
    ]
    assert found.total == Decimal("81.6")
    assert found.grade is not None
    assert found.grade.zh == "良好"
    assert found.lines[0].reason.zh == "按时42项 ÷ 共45项 × 100 = 93.3"
    assert found.lines[1].reason.en == "100 − (2 yellow × 5 + 1 red × 15) = 75.0 (not below 0)"
    assert found.lines[3].reason.zh == "4次评价共17级 ÷ 4 × 20 = 85.0"


def test_what_did_not_happen_gives_its_weight_to_the_rest():
    found = score({Indicator.ON_TIME: {"on_time": 1, "late": 1}}, weights=SCHEME.departments, scheme=SCHEME)

    # 40 and 20 of 60: two thirds on time, one third for no card
    assert [line.share for line in found.lines] == [Decimal(x) for x in ("66.7", "33.3", "0.0", "0.0", "0.0")]
    assert found.total == Decimal("66.7")
    assert [line.score for line in found.lines[2:]] == [None, None, None]
    assert found.lines[4].reason.zh == "本月没有发生，权重按比例分给其他指标"


def test_nothing_at_all_is_no_score():
    found = score({}, weights=SCHEME.departments, scheme=SCHEME)

    assert (found.total, found.grade) == (None, None)
    assert [line.points for line in found.lines] == [Decimal("0.00")] * 5


def test_cards_never_take_more_than_there_is():
    found = score({Indicator.CARDS: {"red": 9}}, weights=SCHEME.departments, scheme=SCHEME)

    assert (found.total, found.grade and found.grade.zh) == (Decimal("0.0"), "不合格")


def test_a_large_department_loses_in_proportion():
    large = {Indicator.ON_TIME: {"on_time": 400}, Indicator.CARDS: {"yellow": 2, "red": 1}}

    cards = score(large, weights=SCHEME.departments, scheme=SCHEME).lines[1]

    # 25 points among 100 limits are 6.25 among 400
    assert cards.score == Decimal("93.8")
    assert cards.reason.zh == "100 − (2张黄牌 × 5分 + 1张红牌 × 15分) × 100 ÷ 400项时限 = 93.8（最低0分）"


counts = st.fixed_dictionaries(
    {
        indicator: st.dictionaries(st.sampled_from(marks), st.integers(1, 60))
        for indicator, marks in MARKS.items()
    }
)


@given(counts)
def test_every_total_is_the_weighted_mean_of_its_lines(counted):
    found = score(counted, weights=SCHEME.officers, scheme=SCHEME)

    values = {}
    for indicator, marks in counted.items():
        total = sum(marks.values())
        if indicator is Indicator.CARDS:
            if any(counted.values()):
                lost = Fraction(5 * marks.get("yellow", 0) + 15 * marks.get("red", 0))
                limits = sum(counted[Indicator.ON_TIME].values())
                values["cards"] = max(Fraction(0), 100 - (lost * 100 / limits if limits > 100 else lost))
        elif indicator is Indicator.RATINGS and total:
            values["ratings"] = Fraction(sum(int(level) * n for level, n in marks.items()) * 20, total)
        elif total:
            values[indicator.value] = Fraction(marks.get(MARKS[indicator][0], 0) * 100, total)
    weights = {key: DECLARED["officers"][key] for key in values}
    if not values:
        assert found.total is None
        return
    naive = sum(values[key] * weights[key] for key in values) / sum(weights.values())
    assert found.total is not None
    assert abs(Fraction(found.total) - naive) <= Fraction(1, 20)
    assert abs(Fraction(found.total) - sum(Fraction(line.points) for line in found.lines)) <= Fraction(8, 100)
    assert [sum(mark.count for mark in line.marks) for line in found.lines] == [
        sum(counted[line.indicator].values()) for line in found.lines
    ]


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("departments", {**DECLARED["departments"], "cards": 21}, "weights add up to 101, not 100"),
        ("grades", DECLARED["grades"][:2], "down to one that begins at 0"),
        ("grades", list(reversed(DECLARED["grades"])), "from the highest"),
        ("deductions", {"yellow": -1, "red": 5, "per_limits": 100}, "greater than or equal to 0"),
        ("surprise", 1, "Extra inputs are not permitted"),
    ],
)
def test_a_faulty_scheme_is_refused(part, value, said):
    with pytest.raises(ValidationError, match=said):
        ScoringScheme.model_validate({**DECLARED, part: value})


def test_a_rate_of_nothing_is_none():
    assert percent(1, 3) == Decimal("33.3")
    assert percent(0, 0) is None
