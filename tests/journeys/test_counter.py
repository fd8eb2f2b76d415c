"""A certificate at the counter: taken in, checked, decided and issued while the person waits; then rated."""

from __future__ import annotations

import pytest
from tests.live.fill import fill

pytestmark = pytest.mark.journey
CHEN = {"who-name": "陈小明", "who-id": "440100198503120017", "who-phone": "13800000001"}
ANSWERS = {
    "name": "陈小明",
    "resident_id": "440100198503120017",
    "phone": "13800000001",
    "division": "440106001",
    "address": "体育东路1号502房",
    "since": "2019-9-1",
    "purpose": "school",
    "delivery": "online",
}


def test_a_certificate_is_decided_at_once(visit, city):
    window = visit("service_centre.window")
    window.go("/desk/counter/")
    window.look("desk-counter")
    window.press("居住情况证明（窗口即办）", "Certificate of residence, at the counter")
    window.look("desk-counter-form")

    window.press("收件", "Take in")
    window.says("填写内容有误", "There is a problem")
    window.look("desk-counter-form-errors")
    fill(window.page, CHEN | ANSWERS)
    window.page.check("[name=seen]")
    window.press("收件", "Take in")
    window.says("已收件", "Taken in")
    window.look("desk-case")
    fill(window.page, {"outcome": "approve", "note": "原件已核对"})
    window.press("提交", "Submit")
    window.says("已办理", "Done")
