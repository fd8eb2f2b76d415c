"""The day on which an application counts as received (Order 711 of 2019, Art. 31)."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from yiwang.cases.contracts.words import Channel


def received_at(
    channel: Channel, *, handed_in: datetime, signed_on: date | None, zone: tzinfo
) -> datetime | None:
    """When it was received, or None where that is first confirmed with the applicant.

    In person: the day on which it is handed in (item 1). By post that the agency signs for: the day of the
    signature (item 2). Ordinary post, and the internet: the day of the confirmation (items 2 and 3).
    """
    if channel == Channel.COUNTER:
        return handed_in
    if channel == Channel.POST and signed_on is not None:
        return datetime.combine(signed_on, time(), zone)
    return None
