"""My space: own cases and nobody else's, messages, corrections, withdrawal, rating."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from yiwang.cases.api import request_supplement, send_message
from yiwang.cases.contracts import SupplementItem
from yiwang.cases.models import Case, Material, Message, Rating
from yiwang.cases.testing import officer
from yiwang.portal.testing import PDF, a_businessman, a_file, a_resident, applied, file_sent

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def asked_to_correct(case_id: int) -> None:
    request_supplement(
        actor=officer("service_centre", "window"),
        at=timezone.now(),
        case_id=case_id,
        items=(
            SupplementItem(path="floor_area", what="与总平面图不一致，请核对" + EVIL),
            SupplementItem(material="site_plan", what="缺少四至坐标"),
        ),
        note="请一并补正",
    )


def test_visitors_sign_in_first(client):
    for path in ("", "cases/", "cases/1/", "cases/1/receipt/", "documents/", "looks/", "appointments/"):
        answer = client.get(f"/space/{path}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/account/login/")


def test_an_own_case_tells_where_it_stands():
    who, case_id = applied()

    page = who.client.get(f"/space/cases/{case_id}/").content.decode()
    listed = who.client.get("/space/cases/").content.decode()
    tracked = who.client.post("/track/", _codes(case_id)).content.decode()

    assert "云山数据中心" in page
    assert "现在由谁办理" in page
    assert "云山数据中心" in listed
    assert "云山数据中心" not in tracked
    assert "市政务服务中心" in tracked


def _codes(case_id: int) -> dict[str, str]:
    case = Case.objects.get(pk=case_id)
    return {"number": case.number, "code": case.tracking_code.lower()}


def test_somebody_elses_case_and_files_are_not_there():
    who, case_id = applied()
    other = a_businessman()
    file_id = Material.objects.first().file_id

    assert file_sent(who.client, f"/space/cases/{case_id}/files/{file_id}/")[0] == 200
    assert who.client.get(f"/space/cases/{case_id}/files/{file_id + 1000}/").status_code == 404
    acts = ("message/", "withdraw/", "rate/", "corrections/")
    for path in ("", "receipt/", f"files/{file_id}/", "clocks/1/", *acts):
        assert other.client.get(f"/space/cases/{case_id}/{path}").status_code == 404, path
    for path in acts:
        answer = other.client.post(f"/space/cases/{case_id}/{path}", {"body": "x", "level": "1"})
        assert answer.status_code == 404, path
    assert Message.objects.count() == 0
    assert Case.objects.get(pk=case_id).phase == "received"


def test_messages_go_both_ways_with_files():
    who, case_id = applied()
    path = f"/space/cases/{case_id}/message/"

    empty = who.client.post(path, {"body": "  "})
    wrong = who.client.post(path, {"body": "见附件", "files": [a_file("坏.exe", b"MZ\x90\x00")]})
    sent = who.client.post(path, {"body": f"请问进度{EVIL}", "files": [a_file("说明.pdf")]})
    send_message(
        actor=officer("service_centre", "window"), at=timezone.now(), case_id=case_id, body="正在审查"
    )

    page = who.client.get(f"/space/cases/{case_id}/").content.decode()
    assert (empty.status_code, wrong.status_code, sent.status_code) == (422, 422, 302)
    assert Message.objects.count() == 2
    assert "&lt;script&gt;" in page
    assert EVIL not in page
    assert "正在审查" in page
    assert "说明.pdf" in page


def test_only_what_the_notice_names_can_be_corrected():
    who, case_id = applied()
    assert who.client.get(f"/space/cases/{case_id}/corrections/").status_code == 409
    asked_to_correct(case_id)
    path = f"/space/cases/{case_id}/corrections/"

    page = who.client.get(path).content.decode()
    half = who.client.post(
        path, {"floor_area": "abc", "material.site_plan": [a_file("新图.pdf", PDF + b"2")]}
    )
    kept = half.content.decode()
    file_id = re.search(r"corrections/files/(\d+)/", kept).group(1)
    preview = file_sent(who.client, f"{path}files/{file_id}/")
    done = who.client.post(path, {"floor_area": "13000", "project_name": "换个名字"})

    assert EVIL not in page
    assert re.findall(r'name="([a-z_.]+)"', page).count("project_name") == 0
    assert "新图.pdf" in kept
    assert (half.status_code, preview, done.status_code) == (422, (200, PDF + b"2"), 302)
    case = Case.objects.get(pk=case_id)
    assert case.answers["floor_area"] == 13000
    assert case.answers["project_name"] == "云山数据中心"
    assert Material.objects.filter(key="site_plan").count() == 2
    assert who.client.post(path, {"floor_area": "1"}).status_code == 409


def test_an_application_can_be_withdrawn_once():
    who, case_id = applied()
    path = f"/space/cases/{case_id}/withdraw/"

    asked = who.client.get(path).content.decode()
    done = who.client.post(path, {"reason": "另行安排"})
    again = who.client.post(path)

    assert "撤回后办件即终止" in asked
    assert (done.status_code, again.status_code) == (302, 409)
    assert Case.objects.get(pk=case_id).phase == "withdrawn"
    assert "申请人撤回" in who.client.get(f"/space/cases/{case_id}/").content.decode()


def test_rating_waits_for_the_end_and_has_five_levels():
    who, case_id = applied()
    path = f"/space/cases/{case_id}/rate/"
    early = who.client.post(path, {"level": "5"})
    Case.objects.filter(pk=case_id).update(phase="closed", closed_at=timezone.now())

    wrong = [who.client.post(path, {"level": level}).status_code for level in ("", "0", "6", "五", "1 or 1")]
    good = who.client.post(path, {"level": "2", "comment": f"太慢了{EVIL}"}, follow=True)
    again = who.client.post(path, {"level": "5"})

    assert early.status_code == 422
    assert wrong == [422] * 5
    assert "15个工作日内核实并答复" in good.content.decode()
    assert again.status_code == 422
    assert Rating.objects.get().level == 2
    page = who.client.get(f"/space/cases/{case_id}/").content.decode()
    assert "太慢了&lt;script&gt;" in page


def test_an_officer_comes_to_the_space_as_a_person():
    who = a_resident()

    for path in ("", "cases/", "documents/", "looks/", "appointments/"):
        zh, en = who.client.get(f"/space/{path}"), who.client.get(f"/en/space/{path}")
        assert (zh.status_code, en.status_code) == (200, 200)
    assert who.client.get("/space/looks/?before=99999999999999999999").status_code == 200
    assert who.client.get("/space/cases/?after=%3Cscript%3E").status_code == 422
