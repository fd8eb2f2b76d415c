"""A changed calendar moves the clocks that run, after a preview, and leaves what is done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.cases import api
from yiwang.cases.models import CalendarVersion, Clock
from yiwang.cases.queries.calendars import forget_calendar
from yiwang.cases.testing import MONDAY, a_review_type, an_accepted_case, officer
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import OperationNotAllowed

pytestmark = pytest.mark.django_db
FREE_TUESDAY = {
    "overrides": [{"date": "2026-03-03", "working": False, "reason": {"zh": "台风停工", "en": "Typhoon"}}]
}


@pytest.fixture(autouse=True)
def _national_calendar_again():
    forget_calendar()
    yield
    forget_calendar()


def dues():
    return list(Clock.objects.order_by("id").values_list("state", "due_at", "calendar_version"))


def test_b8_running_clocks_move_and_done_ones_stay():
    opened = an_accepted_case(a_review_type())
    admin = officer("informatization", "city_admin")
    before = dues()

    count, shown = api.preview_calendar(actor=admin, definition=FREE_TUESDAY)
    assert (count, dues()) == (5, before)
    assert shown[0][0] == opened.number

    assert api.change_calendar(actor=admin, at=MONDAY, definition=FREE_TUESDAY) == 5

    assert dues()[0] == before[0]
    assert [row[2] for row in dues()[1:]] == [1, 1, 1, 1, 1]
    promised = Clock.objects.get(kind="case_promised")
    assert promised.due_at == datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
    later = an_accepted_case(a_review_type())
    assert Clock.objects.get(case_id=later.case_id, kind="case_promised").due_at == promised.due_at


def test_a_faulty_calendar_or_a_wrong_hand_changes_nothing():
    an_accepted_case(a_review_type())
    before = dues()

    with pytest.raises(InvalidInput):
        api.change_calendar(
            actor=officer("informatization", "city_admin"),
            at=MONDAY,
            definition={
                "overrides": [{"date": "2026-02-31", "working": True, "reason": {"zh": "", "en": ""}}]
            },
        )
    with pytest.raises(OperationNotAllowed):
        api.change_calendar(actor=officer("planning", "approver"), at=MONDAY, definition=FREE_TUESDAY)
    with pytest.raises(OperationNotAllowed):
        api.preview_calendar(actor=officer("planning", "approver"), definition=FREE_TUESDAY)

    assert (dues(), CalendarVersion.objects.count()) == (before, 0)
