"""D11: scores of quality against the plain arithmetic of fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from yiwang.registers.rules.scoring import is_defect, score

COUNTED = st.integers(0, 10**6).flatmap(lambda checked: st.tuples(st.just(checked), st.integers(0, checked)))
RULES = st.dictionaries(st.sampled_from("abcdef"), st.tuples(COUNTED, st.integers(1, 10)))


@given(RULES)
def test_d11_a_score_is_the_weighted_share_rounded_down(rules):
    counts = {key: counted for key, (counted, _) in rules.items()}
    weights = {key: weight for key, (_, weight) in rules.items()}
    applied = [key for key in counts if counts[key][0]]
    exact = Fraction(100)
    if applied:
        good = sum(
            weights[key] * Fraction(counts[key][0] - counts[key][1], counts[key][0]) for key in applied
        )
        exact = good * 100 / sum(weights[key] for key in applied)

    found = score(counts, weights)

    assert 0 <= found <= 100
    assert exact - Fraction(1, 90) <= Fraction(found) <= exact + Fraction(1, 10**9)
    assert (found == 100) == all(failed == 0 for checked, failed in counts.values() if checked)


@given(COUNTED, st.decimals("0.01", "1", places=2))
def test_d11_a_defect_is_a_share_below_the_least(counted, least):
    checked, failed = counted
    wanted = failed > 0 and Fraction(checked - failed, checked) < Fraction(least)
    assert is_defect(checked, failed, Decimal(least)) == wanted
