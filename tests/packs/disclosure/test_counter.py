"""A letter comes by registered post: the window takes it in for a person, who has no credit code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.packs.disclosure.acts import ASKED

from yiwang.cases.models import Case
from yiwang.cases.testing import officer
from yiwang.identity.testing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asking_city")]
TYPED = {
    **{key: value for key, value in ASKED.items() if key not in {"address", "name", "phone"}},
    "address-detail": ASKED["address"],
    "who-name": "陈小明",
    "who-id": "440100198503120017",
    "who-phone": "13800000001",
    "channel": "post",
}


def taken_in(**more: str):
    window = signed_in(officer("service_centre", "window"))
    return window.post(reverse("desk:counter_form", args=["disclosure_request"]), {**TYPED, **more})


def test_b3_the_day_of_the_signature_is_the_day_of_receipt():
    day = timezone.localdate() - timedelta(days=3)

    answer = taken_in(
        **{"signed_on-year": str(day.year), "signed_on-month": str(day.month), "signed_on-day": str(day.day)}
    )

    assert answer.status_code == 302
    [case] = Case.objects.all()
    assert (case.applicant_kind, case.channel, case.answers["name"]) == ("person", "post", "陈小明")
    assert case.accepted_at is not None
    assert timezone.localdate(case.accepted_at) == day


def test_b3_a_day_that_does_not_exist_is_told_and_nothing_is_taken_in():
    answer = taken_in(**{"signed_on-year": "2026", "signed_on-month": "2", "signed_on-day": "30"})

    assert answer.status_code == 422
    assert "请填写真实存在的日期" in answer.content.decode()
    assert Case.objects.count() == 0
