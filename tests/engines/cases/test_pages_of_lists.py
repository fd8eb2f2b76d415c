"""A page of a list begins where its address says; an address that no page has written is refused."""

from __future__ import annotations

import base64
import json

import pytest

from yiwang.cases.contracts.lists import InboxFilter
from yiwang.cases.queries.applicant_case import my_cases
from yiwang.cases.queries.inbox import inbox
from yiwang.cases.testing import MONDAY, a_review_type, an_application, officer
from yiwang.identity.testing import a_citizen
from yiwang.kernel.errors import InvalidInput

pytestmark = pytest.mark.django_db


def written(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


NEVER_WRITTEN = [
    "!!!", "é", "A" * 5000, written(), written("x", 1), written(["x"], 1), written(None, 1), written(1, 1),
    written("2026-03-02T02:00:00", 1), written("2026-13-02T02:00:00+00:00", 1),
    written("0001-01-01T00:00:00+23:59", 1), written("2026-03-02T02:00:00+00:00", 10**30),
    written("2026-03-02T02:00:00+00:00", -1), written("2026-03-02T02:00:00+00:00", "1"), written("\x00", 1),
    written({"a": 1}, 1),
]  # fmt: skip


@pytest.mark.parametrize("after", NEVER_WRITTEN)
def test_an_address_that_no_page_has_written_is_refused(after):
    with pytest.raises(InvalidInput) as refused:
        my_cases(actor=a_citizen(), at=MONDAY, after=after)

    assert [problem.path for problem in refused.value.problems] == ["after"]


@pytest.mark.parametrize("sort", ["due", "opened", "number"])
def test_pages_follow_each_other_in_every_order(sort):
    kind = a_review_type()
    numbers = {an_application(kind, at=MONDAY).number for _ in range(3)}
    window = officer("service_centre", "window")
    show, after, found = InboxFilter(sort=sort), None, []
    for _ in range(3):
        part = inbox(actor=window, at=MONDAY, show=show, after=after, most=1)
        found += [row.number for row in part.rows]
        after = part.after

    assert after is None
    assert set(found) == numbers
    assert len(found) == 3


@pytest.mark.parametrize("after", [written("\x00", 1), written("a\ud800", 1), written(5, 1)])
def test_an_order_by_number_takes_only_plain_text(after):
    with pytest.raises(InvalidInput):
        inbox(
            actor=officer("service_centre", "window"), at=MONDAY, show=InboxFilter(sort="number"), after=after
        )
