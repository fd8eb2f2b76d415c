"""Appointments: days and times, a queue number, one's own ticket only."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from yiwang.cases.models import Appointment
from yiwang.portal.testing import a_resident

pytestmark = pytest.mark.django_db
PATH = "/services/investment_approval/book/"
#: Monday 16:10 in China: of this day the last half hour is left, with three places.
LAST_HALF_HOUR = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)


def choices(html: str) -> tuple[str, str]:
    """The day that the form books, which is the first with a place left, and its first time."""
    day = re.search(r'action="[^"]*day=(\d{4}-\d\d-\d\d)"', html).group(1)
    # the times left of a short day are radio buttons
    slot = re.search(r'(?:<option|type="radio") value="(\d\d:\d\d)"', html).group(1)
    return day, slot


def test_booking_gives_a_number_to_show():
    who = a_resident()
    page = who.client.get(PATH).content.decode()
    day, slot = choices(page)

    answer = who.client.post(
        f"{PATH}?at=service_centre&day={day}", {"slot": slot, "name": "陈小明"}, follow=True
    )

    booked = Appointment.objects.get()
    assert (booked.day.isoformat(), f"{booked.slot:%H:%M}", booked.queue_number) == (day, slot, 1)
    assert "排队号" in answer.content.decode()
    assert "<strong>1</strong>" in answer.content.decode()
    assert "138****1234" in page


def test_nonsense_is_asked_again_and_books_nothing():
    who = a_resident()
    day, slot = choices(who.client.get(PATH).content.decode())
    bad = [
        ({"slot": "", "name": "陈小明"}, day),
        ({"slot": slot, "name": " "}, day),
        ({"slot": "03:00", "name": "陈小明"}, day),
        ({"slot": "99:99", "name": "陈小明"}, day),
        ({"slot": slot + "' OR 1=1", "name": "\x01"}, "2026-13-45"),
    ]

    answers = [who.client.post(f"{PATH}?day={given}", fields).status_code for fields, given in bad]

    assert answers == [422] * 5
    assert Appointment.objects.count() == 0
    assert who.client.get("/services/passport/book/").status_code in {200, 404}
    assert who.client.get("/services/investment_consultation/book/").status_code == 404


def test_a_ticket_is_ones_own_and_can_be_given_back():
    who, other = a_resident(), a_resident()
    day, slot = choices(who.client.get(PATH).content.decode())
    who.client.post(f"{PATH}?day={day}", {"slot": slot, "name": "陈小明"})
    ticket = f"/space/appointments/{Appointment.objects.get().pk}/"

    foreign = (other.client.get(ticket).status_code, other.client.post(f"{ticket}cancel/").status_code)
    done = who.client.post(f"{ticket}cancel/", follow=True).content.decode()
    again = who.client.post(f"{ticket}cancel/", follow=True).content.decode()

    assert foreign == (404, 404)
    assert "预约已取消" in done
    assert "这个预约已经结束" in again
    assert Appointment.objects.get().state == "cancelled"
    assert "已取消" in who.client.get("/space/appointments/").content.decode()


def test_nobody_books_the_windows_out():
    who = a_resident()
    for _ in range(5):
        day, slot = choices(who.client.get(PATH).content.decode())
        sent = who.client.post(f"{PATH}?day={day}", {"slot": slot, "name": "陈小明"})
        assert sent.status_code == 302
    sixth = who.client.post(f"{PATH}?day={day}", {"slot": slot, "name": "陈小明"})

    assert sixth.status_code == 422
    assert "您已有5个未办理的预约" in sixth.content.decode()
    assert Appointment.objects.count() == 5
    who.client.post(f"/space/appointments/{Appointment.objects.first().pk}/cancel/")
    again = who.client.post(f"{PATH}?day={day}", {"slot": slot, "name": "陈小明"})
    assert again.status_code == 302


def test_a_day_that_fills_or_ends_is_not_changed_for_another(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: LAST_HALF_HOUR)
    who, late = a_resident(), a_resident()
    opened = late.client.get(PATH).content.decode()
    for _ in range(3):
        who.client.post(f"{PATH}?day=2026-11-23", {"slot": "16:30", "name": "陈小明"})

    full = late.client.post(f"{PATH}?day=2026-11-23", {"slot": "16:30", "name": "李小红"})
    over = late.client.post(f"{PATH}?day=2026-11-22", {"slot": "16:30", "name": "李小红"})
    unsaid = late.client.post(PATH, {"slot": "16:30", "name": "李小红"})

    assert choices(opened) == ("2026-11-23", "16:30")
    assert choices(late.client.get(PATH).content.decode()) == ("2026-11-24", "09:00")
    assert (full.status_code, over.status_code, unsaid.status_code) == (422, 422, 422)
    assert "这一天已不能预约，请另选一天" in over.content.decode()
    assert Appointment.objects.filter(name="李小红").count() == 0
    assert Appointment.objects.count() == 3
