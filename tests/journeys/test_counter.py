"""A certificate at the counter: booked, called, decided and sealed while the person waits, tracked, rated."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone
from tests.live.fill import fill
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.cases.models import Appointment, Case, Licence, Rating

pytestmark = pytest.mark.journey
CHEN = {"who-name": "陈小明", "who-id": "440100198503120017", "who-phone": "13800000001"}
# Name, number and phone stay blank: the visitor's were typed above.
ANSWERS = {
    "division": "440104003",
    "address": "示例路3号样板花园2栋301室",
    "since": "2019-9-1",
    "purpose": "school",
    "delivery": "online",
}


ITEM = ("居住情况证明（窗口即办）", "Certificate of residence, at the counter")


def _book(person: Visit) -> Appointment:
    person.go("/services/residence_certificate_counter/book/")
    # the second day: of today few times may be left, and those are radio buttons
    person.page.locator(".yw-days__link").nth(1).click()
    person.page.locator("[name=slot]").select_option(index=1)
    person.page.locator("main form button").first.click()
    person.says("排队号", "Queue number")
    booked = Appointment.objects.latest("id")
    # The day comes: windows call the numbers of today, and today may be a holiday.
    booked.day = timezone.localdate()
    booked.save(update_fields=["day"])
    return booked


def _call(window: Visit, booked: Appointment) -> None:
    window.go("/desk/queue/")
    window.look("desk-queue")
    fill(window.page, {"window": "13"})
    window.press("叫下一位", "Call the next")
    window.says(
        f"请{booked.queue_number}号到13号窗口", f"Number {booked.queue_number}, please come to window 13"
    )
    window.look("desk-queue-called")


def _take_in(window: Visit) -> tuple[str, str]:
    """Number and tracking code, as they are handed to the person."""
    window.go("/desk/counter/")
    window.look("desk-counter")
    window.press(*ITEM)
    window.look("desk-counter-form")
    window.press("收件", "Take in")
    window.says("填写内容有误", "There is a problem")
    window.look("desk-counter-form-errors")
    fill(window.page, CHEN | ANSWERS)
    window.page.check("[name=seen]")
    window.press("收件", "Take in")
    window.says("请选择所填地址对应的标准地址", "Choose the standard address that is meant")
    window.look("desk-counter-address")
    window.page.check("[name=address-place][value='44010400310800000004']")
    window.press("收件", "Take in")
    window.says("已收件", "Taken in")
    window.look("desk-counter-case")
    told = window.main().inner_text()
    found = re.search(r"(JZ\d{8}-\d{6})\D+(?:查询码|tracking code) ([A-Z0-9]+)", told)
    assert found is not None, told
    return found.group(1), found.group(2)


def test_a_certificate_is_decided_at_once(visit, city, tmp_path: Path):
    person, window = visit("chen"), visit("service_centre.window")
    booked = _book(person)
    _call(window, booked)
    person.go(f"/space/appointments/{booked.pk}/")
    person.says("正在叫号", "Called now")
    person.says("13")

    number, code = _take_in(window)
    fill(window.page, {"outcome": "approve", "note": "原件已核对"})
    window.press("提交", "Submit")
    window.says("已办理", "Done")
    case = Case.objects.get(number=number)
    assert (case.phase, case.outcome) == ("closed", "approve")
    said_of_chen = {key: case.answers[key] for key in ("name", "resident_id", "phone")}
    assert said_of_chen == {"name": "陈小明", "resident_id": "440100198503120017", "phone": "13800000001"}

    # Sealed while the person waits, and printed by the window.
    wait_for("the certificate", lambda: Licence.objects.filter(case=case, file_id__isnull=False).exists())
    licence = Licence.objects.get(case=case)
    window.go(f"/desk/cases/{number}/")
    window.look("desk-counter-done")
    sealed = tmp_path / "certificate.pdf"
    sealed.write_bytes(window.fetch(window.page.locator(f"a[href*='/files/{licence.file_id}/']").first))
    judged = subprocess.run(["pdfsig", str(sealed)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in judged
    said = subprocess.run(["pdftotext", str(sealed), "-"], capture_output=True, text=True, check=True).stdout
    assert "2019年9月1日" in "".join(said.split())
    window.go("/desk/queue/")
    window.press("办结", "Done")
    booked.refresh_from_db()
    assert booked.state == "finished"

    # At home, without signing in; then, signed in, how it was.
    anybody = visit()
    anybody.go("/track/")
    anybody.page.fill("[name=number]", number)
    anybody.page.fill("[name=code]", code)
    anybody.press("查询", "Track")
    anybody.says(number)
    anybody.look("track-found")
    person.go(f"/space/cases/{case.pk}/rate/")
    fill(person.page, {"level": "5"})
    person.press("提交评价", "Send the rating")
    assert Rating.objects.get(case=case).level == 5
