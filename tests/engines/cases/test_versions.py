"""A running case stays on the version under which it began; an unchanged definition makes no version."""

from __future__ import annotations

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import CaseTypeNotFound
from yiwang.cases.models import CaseTypeVersion
from yiwang.cases.testing import MONDAY, a_review_type, an_application, officer

pytestmark = pytest.mark.django_db


def test_new_cases_begin_under_the_new_version_and_old_ones_stay():
    opened = an_application(a_review_type())
    assert a_review_type().version == 1

    changed = a_review_type(promised_limit={"amount": 7, "unit": "working_days"})
    later = an_application(changed)

    assert (changed.version, CaseTypeVersion.objects.filter(active=True).get().version) == (2, 2)
    watch = officer("supervision", "supervisor")
    versions = [
        api.case_for_officer(actor=watch, at=MONDAY, case_id=each.case_id).type_version
        for each in (opened, later)
    ]
    assert versions == [1, 2]


def test_a_retired_type_takes_no_more_cases():
    kind = a_review_type()
    api.retire_type(kind.code)

    with pytest.raises(CaseTypeNotFound):
        an_application(kind)
    assert a_review_type().version == 1
