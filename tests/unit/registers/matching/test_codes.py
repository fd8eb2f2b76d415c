"""What a code is worth: our fast check agrees with the kernel's, old forms lead to the same firm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.codes import check_credit_code, make_credit_code
from yiwang.registers.matching.rules.codes import CodeKind, is_sound, tidy_code

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ"
CODE = make_credit_code("440190", 3)


@given(st.text(alphabet=_SIGNS, min_size=18, max_size=18))
def test_the_fast_check_agrees_with_the_kernels_on_any_signs(signs):
    assert is_sound(signs) == (check_credit_code(signs) is None)


@given(st.integers(0, 10**7 - 1), st.integers(0, 16))
def test_the_fast_check_agrees_on_sound_codes_and_on_two_signs_that_change_places(sequence, place):
    code = make_credit_code("440190", sequence)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert is_sound(code)
    assert is_sound(swapped) == (check_credit_code(swapped) is None)


@pytest.mark.parametrize(
    ("text", "kind", "organisation"),
    [
        ("", CodeKind.NONE, ""),
        (" － ", CodeKind.NONE, ""),
        (CODE, CodeKind.SOUND, "MA0000031"),
        (CODE.lower(), CodeKind.SOUND, "MA0000031"),
        ("９１４４０１９０ＭＡ００００　０３１Ｑ", CodeKind.SOUND, "MA0000031"),
        ("MA000003-1", CodeKind.OLD, "MA0000031"),
        ("440190MA0000031", CodeKind.OLD, "MA0000031"),
        ("MA0000032", CodeKind.WRONG, ""),
        (CODE[:17] + "R", CodeKind.WRONG, ""),
        ("无", CodeKind.WRONG, ""),
    ],
)
def test_what_a_code_is(text, kind, organisation):
    found = tidy_code(text)

    assert (found.kind, found.organisation) == (kind, organisation)


@given(st.text(max_size=24))
def test_no_text_is_too_odd(text):
    assert tidy_code(text).kind in CodeKind
