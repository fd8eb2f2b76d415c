"""Applying online, from the start page to the receipt, and everything that may go wrong on the way."""

from __future__ import annotations

import re

import pytest

from yiwang.cases.models import Case, Draft, Material
from yiwang.platform.models import StoredFile
from yiwang.portal.testing import (
    ANSWERS,
    PDF,
    PNG,
    a_businessman,
    a_file,
    a_resident,
    applied,
    begin,
    file_sent,
    fill,
    hand_in,
    send,
)

pytestmark = pytest.mark.django_db
EVIL = '"><script>alert(1)</script>'


def test_a_visitor_signs_in_first_and_comes_back(client):
    answer = client.get("/en/services/investment_approval/apply/")

    assert answer.status_code == 302
    assert "/account/login/?next=/en/services/investment_approval/apply/" in answer.headers["Location"]


def test_a_firm_applies_page_by_page_and_gets_a_number():
    who = a_businessman()
    address = begin(who)
    fill(who, address)
    hand_in(who, address)

    checked = who.client.get(f"{address}check/").content.decode()
    receipt = who.client.get(send(who, address)).content.decode()

    case = Case.objects.get()
    assert "50,000,000元" in checked
    assert case.number in receipt
    assert case.tracking_code in receipt
    assert case.entity_id == who.firm.id
    assert case.agent_person_id == who.actor.person_id
    assert case.answers["start_date"] == "2027-03-01"
    assert sorted(Material.objects.values_list("key", flat=True)) == [
        "feasibility",
        "impact_report",
        "land_proof",
        "site_plan",
    ]
    assert Draft.objects.count() == 0


def test_sending_twice_gives_one_case():
    who = a_businessman()
    address = begin(who)
    fill(who, address)
    hand_in(who, address)

    first, second = send(who, address), send(who, address)

    assert first == second
    assert Case.objects.filter(parent=None).count() == 1


def test_without_the_declaration_nothing_is_sent():
    who = a_businessman()
    address = begin(who)
    fill(who, address)
    hand_in(who, address)

    answer = who.client.post(f"{address}check/")

    assert answer.status_code == 422
    assert "请先声明所填内容真实" in answer.content.decode()
    assert Case.objects.count() == 0


def test_an_unfinished_application_cannot_be_sent_around_the_page():
    who = a_businessman()
    address = begin(who)

    answer = who.client.post(f"{address}check/", {"declaration": "yes"})

    assert answer.status_code == 422
    assert f'href="{address}papers/feasibility/?from=check"' in answer.content.decode()
    assert Case.objects.count() == 0
    assert Draft.objects.count() == 1


def test_wrong_answers_are_shown_as_typed_and_right_ones_kept():
    who = a_businessman()
    address = begin(who)
    fields = ANSWERS["project"] | {"total_investment": "-5", "start_date-month": "13", "project_name": EVIL}

    answer = who.client.post(f"{address}pages/project/", fields)
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "<script>alert" not in html
    assert 'value="-5"' in html
    assert 'value="13"' in html
    assert html.count("govuk-error-message") == 2
    assert Draft.objects.get().answers["project_kind"] == "new_build"
    assert "total_investment" not in Draft.objects.get().answers


def test_save_and_come_back_keeps_what_is_right_without_a_word_of_blame():
    who = a_businessman()
    address = begin(who)

    answer = who.client.post(f"{address}pages/project/", {"project_name": "云山", "later": "1"}, follow=True)

    assert answer.redirect_chain == [(address, 302)]
    assert "已保存，可以随时回来继续填" in answer.content.decode()
    assert 'value="云山"' in who.client.get(f"{address}pages/project/").content.decode()
    assert "企业投资项目并联审批" in who.client.get("/space/").content.decode()


def test_an_answer_that_brings_up_a_question_asks_it_before_going_on():
    who = a_businessman()
    address = begin(who)
    sent = {"division": "440103001", "address-detail": "科学大道1号", "land_use": "existing_building"}

    answer = who.client.post(f"{address}pages/site/", sent, follow=True)

    assert answer.redirect_chain == [(f"{address}pages/site/", 302)]
    assert 'name="decoration_area"' in answer.content.decode()
    assert 'name="land_area"' not in answer.content.decode()


def test_a_stale_tab_is_told_and_loses_nothing():
    who = a_businessman()
    address = begin(who)
    page = who.client.get(f"{address}pages/project/").content.decode()
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    who.client.post(f"{address}pages/project/", ANSWERS["project"] | {"version": version})

    stale = who.client.post(f"{address}pages/project/", {"project_name": "旧窗口", "version": version})

    assert stale.status_code == 409
    assert "这份申请在另一个窗口里改过" in stale.content.decode()
    assert 'value="旧窗口"' in stale.content.decode()
    assert Draft.objects.get().answers["project_name"] == "云山数据中心"


def test_somebody_elses_draft_is_not_there():
    owner, other = a_businessman(), a_businessman()
    address = begin(owner)
    hand_in(owner, address, ("feasibility",))
    [file_id] = Draft.objects.get().files.values()

    assert file_sent(owner.client, f"{address}files/{file_id}/") == (200, PDF)
    for path in ("", "pages/firm/", "papers/feasibility/", "check/", "discard/", f"files/{file_id}/"):
        assert other.client.get(address + path).status_code == 404
    for path in ("pages/firm/", "papers/feasibility/", "check/", "discard/"):
        assert other.client.post(address + path, {"declaration": "yes"}).status_code == 404
    assert Draft.objects.count() == 1


def test_a_file_of_another_draft_is_not_given_out():
    who = a_businessman()
    first, second = begin(who), begin(who)
    hand_in(who, first, ("feasibility",))
    [file_id] = Draft.objects.get(pk=int(first.split("/")[2])).files.values()

    assert who.client.get(f"{second}files/{file_id}/").status_code == 404


def test_files_are_judged_by_content_and_good_ones_stay():
    who = a_businessman()
    address = begin(who)
    files = [a_file("好.pdf"), a_file("假.pdf", b"<html><script>alert(1)</script>"), a_file("图.pdf", PNG)]

    answer = who.client.post(f"{address}papers/feasibility/", {"files": files})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "没有上传“假.pdf”" in html
    assert "没有上传“图.pdf”" in html
    assert "好.pdf</a>" in html
    assert len(Draft.objects.get().files) == 1
    assert StoredFile.objects.count() == 1


def test_several_files_of_a_paper_can_be_added_and_removed():
    who = a_businessman()
    address = begin(who)
    path = f"{address}papers/site_plan/"
    who.client.post(path, {"files": [a_file("一.pdf"), a_file("二.png", PNG + b"1")], "add": "1"})
    first, second = Draft.objects.get().files.values()

    who.client.post(path, {"files-remove": str(first), "files": [a_file("三.pdf", PDF + b"3")]})

    assert sorted(Draft.objects.get().files) == ["site_plan", "site_plan.2"]
    assert Draft.objects.get().files["site_plan"] == second


def test_a_needed_paper_is_asked_for():
    who = a_businessman()
    address = begin(who)

    answer = who.client.post(f"{address}papers/feasibility/")

    assert answer.status_code == 422
    assert "请选择要上传的文件" in answer.content.decode()
    assert who.client.get(f"{address}papers/lease/").status_code == 404
    assert who.client.get(f"{address}papers/nothing/").status_code == 404
    assert who.client.get(f"{address}pages/nothing/").status_code == 404


def test_a_person_without_a_firm_is_told_what_to_do():
    answer = a_resident().client.get("/services/investment_approval/apply/")

    assert answer.status_code == 200
    assert "您目前没有可以代表的企业" in answer.content.decode()
    assert a_resident().client.post("/services/investment_approval/apply/").status_code == 422
    assert Draft.objects.count() == 0


def test_nobody_applies_for_a_firm_that_he_does_not_act_for():
    who, other = a_businessman(), a_businessman()

    answer = who.client.post("/services/investment_approval/apply/", {"for": f"entity:{other.firm.id}"})

    assert answer.status_code in {302, 403}
    assert Draft.objects.count() == 0


def test_a_guide_cannot_be_applied_for():
    assert a_resident().client.get("/services/passport/apply/").status_code == 409


def test_a_draft_can_be_deleted_after_a_question():
    who = a_businessman()
    address = begin(who)

    asked = who.client.get(f"{address}discard/")
    done = who.client.post(f"{address}discard/", follow=True)

    assert "删除后无法恢复" in asked.content.decode()
    assert "草稿已删除" in done.content.decode()
    assert Draft.objects.count() == 0


def test_forms_are_protected_against_other_sites():
    who, _ = applied()
    address = begin(who)
    who.client.handler.enforce_csrf_checks = True

    for path in (f"{address}pages/firm/", f"{address}check/", "/services/investment_approval/apply/"):
        assert who.client.post(path, {"declaration": "yes"}).status_code == 403


def test_over_long_and_strange_values_are_refused_kindly():
    who = a_businessman()
    address = begin(who)
    fields = {
        "project_name": "长" * 100_000,
        "project_kind": "no_such_kind",
        "industry": "Z99",
        "foreign_invested": "maybe",
        "total_investment": "9" * 400,
        "start_date-year": "二〇二七",
        "start_date-month": "\x01",
        "start_date-day": "31",
        "content": "\x07",
        "version": "not a number",
    }

    answer = who.client.post(f"{address}pages/project/", fields)

    assert answer.status_code == 422
    assert answer.content.decode().count("govuk-error-message") == 7
    assert Draft.objects.get().answers == {}


def test_the_whole_path_stands_in_english():
    who = a_businessman()
    address = begin(who)
    for path in ("", "pages/firm/", "pages/site/", "papers/site_plan/", "check/", "discard/"):
        text = re.sub(r"<[^>]+>", " ", who.client.get(f"/en{address}{path}").content.decode())
        chinese = set(re.findall(r"[\u4e00-\u9fff]{2,}", text)) - {"中文", "广州云山建材有限公司", "陈小明"}
        assert {word for word in chinese if "街" not in word and "镇" not in word} == set(), path
