"""What anybody may read: catalogue, guides, figures, notices, the check before applying, the reference."""

from __future__ import annotations

import re
import subprocess

import pytest

pytestmark = pytest.mark.django_db

ROUTED = {
    "checked": "1",
    "project_kind": "new_build",
    "industry": "C39",
    "foreign_invested": "no",
    "total_investment": "50000000",
    "land_use": "new_land",
    "floor_area": "12000",
    "environment_class": "form",
    "hazardous": "no",
}


def shown(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("", "您想办什么？", "What would you like to do?"),
        ("services/", "共56项", "56 services"),
        ("services/investment_approval/", "企业投资项目并联审批", "Joint approval"),
        ("services/investment_approval/check/", "先测一测能不能办", "Check first if you can apply"),
        ("departments/", "各部门办理情况", "What each department offers"),
        ("notices/", "已有电子证照的材料免于提交", "No need to hand in"),
        ("notices/electronic-licences/", "不再要求上传", "no upload"),
        ("track/", "不需要登录", "No sign-in is needed"),
        ("results/", "还没有公示的结果", "Nothing has been published yet"),
        ("licences/", "扫描证照上的二维码", "Scan the code"),
        ("invest/", "投资决策参考", "Decision reference"),
        ("invest/what-if/", "您的项目需要什么", "What your project needs"),
    ],
)
def test_pages_stand_in_both_languages(client, path, zh, en):
    chinese, english = client.get(f"/{path}"), client.get(f"/en/{path}")

    assert (chinese.status_code, english.status_code) == (200, 200)
    assert zh in chinese.content.decode()
    assert en in english.content.decode()
    assert re.findall(r'\sstyle="|<script>|\son[a-z]+="', chinese.content.decode()) == []


def test_every_guide_can_be_read_in_english(client):
    listing = "".join(client.get(f"/en/services/?page={page}").content.decode() for page in (1, 2, 3))
    codes = sorted(set(re.findall(r'href="/en/services/([a-z0-9_]+)/"', listing)))

    answers = {code: client.get(f"/en/services/{code}/") for code in codes}

    assert len(codes) == 56
    assert {answer.status_code for answer in answers.values()} == {200}
    chinese = {
        code: words
        for code, answer in answers.items()
        if (words := set(re.findall(r"[\u4e00-\u9fff]+", shown(answer.content.decode()))) - {"中文"})
    }
    assert chinese == {}


def test_work_between_departments_is_no_service(client):
    assert client.get("/services/investment_opinion/").status_code == 404
    assert client.get("/services/no_such_item/").status_code == 404


def test_words_and_facets_narrow_the_catalogue(client):
    found = client.get("/services/?q=护照").content.decode()
    narrowed = client.get("/services/?theme=tax&applicant=legal_entity").content.decode()

    assert "普通护照" in found
    assert "共1项" in found
    assert 'class="yw-filter__chip"' in narrowed


def test_hostile_queries_are_plain_text(client):
    evil = '"><script>alert(1)</script>'
    for path in ("/services/", "/results/", "/licences/", "/track/", "/invest/what-if/"):
        keys = ("q", "theme", "type", "code", "number", "project_kind", "total_investment", "checked")
        answer = client.get(path, dict.fromkeys(keys, evil), follow=True)
        assert "<script>alert" not in answer.content.decode()
        assert answer.status_code in {200, 404, 422}
    assert client.get("/results/?after=x").status_code == 422
    assert client.get("/services/?page=999999&q=" + "长" * 5000).status_code == 200


def test_the_check_says_yes_or_no_and_why(client):
    path = "/services/investment_approval/check/"
    yes = client.get(path, {"checked": 1, "registered": "yes", "restricted": "none", "land_ready": "settled"})
    no = client.get(
        "/en" + path, {"checked": 1, "registered": "no", "restricted": "none", "land_ready": "open"}
    )
    empty = client.get(path, {"checked": 1})

    assert "请准备好可行性研究报告、用地和环评材料" in yes.content.decode()
    assert "Register the firm first" in no.content.decode()
    assert (yes.status_code, no.status_code, empty.status_code) == (200, 200, 422)
    assert empty.content.decode().count("govuk-error-message") == 3
    assert client.get("/services/passport/check/").status_code == 404


def test_the_reference_routes_a_project_by_the_table_that_routes_cases(client):
    answer = client.get("/invest/what-if/", ROUTED).content.decode()

    departments = re.findall(r'class="yw-needs__item"><strong>([^<]+)</strong>', answer)
    assert departments == ["市计委", "市规划局", "市国土房管局", "市环保局", "市建委", "市消防局"]
    assert "承诺10个工作日" in answer
    papers = re.findall(r'class="yw-papers__item"><p><strong>([^<]+)</strong>', answer)
    assert papers == [
        "项目可行性研究报告或申请报告",
        "土地使用权证明或用地意向材料",
        "规划总平面图（电子版）",
        "环境影响报告书（表）",
    ]


def test_the_reference_asks_on_when_answers_bring_up_a_question(client):
    begun = ROUTED | {"land_use": "existing_building"}

    answer = client.get("/en/invest/what-if/", begun)
    again = client.get("/en/invest/what-if/", begun | {"decoration_area": ""})

    assert answer.status_code == 200
    assert "there is more to answer" in answer.content.decode()
    assert 'name="decoration_area"' in answer.content.decode()
    assert 'name="floor_area"' not in answer.content.decode()
    assert again.status_code == 422
    assert "These departments examine it" not in answer.content.decode()


def test_the_reference_shows_wrong_answers_again(client):
    answer = client.get("/invest/what-if/", ROUTED | {"total_investment": "很多"})

    assert answer.status_code == 422
    assert 'value="很多"' in answer.content.decode()
    assert 'href="#q-total_investment"' in answer.content.decode()


def test_an_unknown_number_is_not_told_from_a_wrong_code(client):
    first = client.post("/track/", {"number": "TZ20261121-000123", "code": "ABCD1234"})
    second = client.post("/track/", {"number": "x" * 500, "code": "é" * 50})

    assert (first.status_code, second.status_code) == (404, 404)
    assert "没有编号和查询码都相符的办件" in first.content.decode()


def test_a_licence_that_is_not_there_may_be_forged(client):
    answer = client.get("/licences/", {"code": "abcd-1234"}, follow=True)

    assert answer.redirect_chain == [("/licences/ABCD-1234/", 302)]
    assert answer.status_code == 404
    assert "可能是伪造的" in answer.content.decode()
    assert "只含字母、数字和短横线" in client.get("/licences/", {"code": "../x"}).content.decode()


def _said(*words: str) -> str:
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr


def test_the_sample_of_a_result_is_marked_and_bears_no_seal(client, tmp_path):
    guide = client.get("/services/investment_approval/").content.decode()
    answer = client.get("/services/investment_approval/sample.pdf")
    document = tmp_path / "sample.pdf"
    document.write_bytes(answer.content)
    words = subprocess.run(
        ["pdftotext", str(document), "-"], capture_output=True, text=True, check=True
    ).stdout
    signed = _said("pdfsig", str(document))

    assert 'href="/services/investment_approval/sample.pdf"' in guide
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "样" in words  # set aslant across the page, so that it is read letter by letter
    assert "投资项目联合批准书" in words
    assert "does not contain any signatures" in signed


def test_an_item_that_ends_in_no_document_has_no_sample(client):
    assert "sample.pdf" not in client.get("/services/investment_consultation/").content.decode()
    assert client.get("/services/investment_consultation/sample.pdf").status_code == 404
    assert client.get("/services/none_such/sample.pdf").status_code == 404
