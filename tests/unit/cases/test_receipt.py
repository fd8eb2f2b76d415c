"""The day of receipt (Art. 31), against the article read once more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.cases.contracts.words import Channel
from yiwang.cases.rules.receipt import received_at

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("channel", "signed_on", "day"),
    [
        (Channel.COUNTER, None, date(2026, 3, 2)),
        (Channel.POST, date(2026, 2, 27), date(2026, 2, 27)),
        (Channel.POST, None, None),
        (Channel.ONLINE, None, None),
    ],
)
def test_b3_receipt_by_channel(channel, signed_on, day):
    found = received_at(channel, handed_in=MONDAY, signed_on=signed_on, zone=ZONE)

    assert (None if found is None else found.astimezone(ZONE).date()) == day


@given(
    st.sampled_from(Channel),
    st.datetimes(datetime(2019, 5, 15), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.none() | st.integers(0, 60),
)
def test_b3_what_the_office_can_prove_itself_needs_no_confirmation(channel, at, days_ago):
    signed = None if days_ago is None else (at.astimezone(ZONE) - timedelta(days=days_ago)).date()

    found = received_at(channel, handed_in=at, signed_on=signed, zone=ZONE)

    proven = channel == "counter" or (channel == "post" and signed is not None)
    assert (found is not None) == proven
    if found is not None:
        wanted = at.astimezone(ZONE).date() if channel == "counter" else signed
        assert found.astimezone(ZONE).date() == wanted
        assert found <= at
