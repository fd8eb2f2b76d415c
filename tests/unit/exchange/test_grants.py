"""Which grant covers a look: pure law, against a naive oracle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.exchange.contracts import (
    FieldsNotGranted,
    GrantInfo,
    GrantNotInForce,
    NoGrant,
    Purpose,
    ResourceField,
    ResourceInfo,
    ResourceNotShared,
    Secrecy,
    Sharing,
)
from yiwang.exchange.rules.grants import covering_grant, is_in_force, refuse_unknown
from yiwang.kernel.text import Text

WORDS = Text("测试", "For tests")
TODAY = date(2026, 3, 2)
FIELDS = ("a", "b", "c")
CASE = Purpose(kind="case", reference="TZ-1")


def resource(sharing: Sharing = Sharing.CONDITIONAL) -> ResourceInfo:
    return ResourceInfo(
        code="thing", title=WORDS, summary=WORDS, owner="owner", kind="register", source="things",
        sharing=sharing, legal_basis=WORDS,
        fields=tuple(ResourceField(name=name, title=WORDS, secrecy=Secrecy.INTERNAL) for name in FIELDS),
    )  # fmt: skip


def grant(number: int = 1, **changes) -> GrantInfo:
    facts = {
        "id": number, "resource": "thing", "grantee": "asker", "fields": ("a", "b"), "purpose": "case",
        "legal_basis": WORDS, "row_filter": {}, "valid_from": TODAY, "valid_until": TODAY,
        "quota_per_day": None, "is_revoked": False,
    }  # fmt: skip
    return GrantInfo(**(facts | changes))


def cover(*grants: GrantInfo, fields=("a",), sharing=Sharing.CONDITIONAL):
    return covering_grant(
        resource(sharing), grants, organisation="asker", fields=fields, purpose=CASE, day=TODAY
    )


def test_what_is_shared_with_all_needs_no_grant_and_what_is_not_shared_has_none():
    assert cover(sharing=Sharing.UNCONDITIONAL) is None
    with pytest.raises(ResourceNotShared):
        cover(grant(), sharing=Sharing.NOT_SHARED)


def test_the_grant_without_row_filter_counts_before_the_longer_one():
    narrow = grant(1, row_filter={"a": ("x",)}, valid_until=TODAY + timedelta(days=99))
    whole, later = grant(2), grant(3, valid_until=TODAY + timedelta(days=1))

    assert cover(narrow, whole).id == 2
    assert cover(narrow, whole, later).id == 3
    assert cover(narrow).id == 1


def test_the_missing_fields_of_the_widest_grant_are_named():
    with pytest.raises(FieldsNotGranted) as refused:
        cover(grant(1, fields=("a",)), grant(2, fields=("a", "b")), fields=FIELDS)
    assert refused.value.fields == "c"


def test_fields_that_a_resource_lacks_or_none_at_all_are_refused():
    for fields in (("a", "z"), ()):
        with pytest.raises(FieldsNotGranted):
            refuse_unknown(resource(), fields)
    refuse_unknown(resource(), FIELDS)


days = st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n))
grants = st.lists(
    st.builds(
        grant,
        st.integers(1, 9),
        grantee=st.sampled_from(["asker", "other"]),
        fields=st.lists(st.sampled_from(FIELDS), unique=True).map(tuple),
        purpose=st.sampled_from(["case", "statistics"]),
        valid_from=days,
        valid_until=days,
        is_revoked=st.booleans(),
    ),
    max_size=5,
)


@given(grants, st.lists(st.sampled_from(FIELDS), min_size=1, unique=True))
def test_a_look_is_covered_exactly_when_one_grant_covers_it_whole(given_grants, fields):
    asked = [g for g in given_grants if g.grantee == "asker" and g.purpose == "case"]
    in_force = [g for g in asked if not g.is_revoked and g.valid_from <= TODAY <= g.valid_until]
    covering = [g for g in in_force if all(name in g.fields for name in fields)]
    wrong = None
    if not asked:
        wrong = NoGrant
    elif not in_force:
        wrong = GrantNotInForce
    elif not covering:
        wrong = FieldsNotGranted

    if wrong is None:
        assert cover(*given_grants, fields=tuple(fields)) in covering
    else:
        with pytest.raises(wrong):
            cover(*given_grants, fields=tuple(fields))


def test_a_grant_counts_on_its_first_and_last_day():
    one_day = grant()

    assert [is_in_force(one_day, TODAY + timedelta(days=n)) for n in (-1, 0, 1)] == [False, True, False]
    assert is_in_force(grant(is_revoked=True), TODAY) is False
