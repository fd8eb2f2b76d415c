"""The pages of supervision: what each reader finds on them, and what never appears."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from yiwang.cases.contracts.figures import Indicator
from yiwang.cases.models import Case
from yiwang.cases.testing import BODY, officer
from yiwang.identity.testing import a_citizen, an_officer, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_friday", "scheme")]
PAGES = (
    "/desk/supervision/",
    "/desk/supervision/?screen=1",
    "/desk/supervision/open/",
    "/desk/supervision/alerts/",
    "/desk/supervision/cards/",
    "/desk/supervision/notices/",
    "/desk/supervision/scores/",
    f"/desk/supervision/scores/{BODY}/",
    "/desk/supervision/scores/evidence/",
    "/desk/supervision/items/",
    "/desk/supervision/items/test_review/",
    "/desk/supervision/reports/",
)


def words_of(response) -> str:
    """The text of a page without tags, spaces as one."""
    body = re.sub(r"<script.*?</script>|<title>.*?</title>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_supervisor_opens_every_page_in_both_languages(watched, supervisor, path, prefix):
    response = signed_in(supervisor).get(prefix + path)

    assert response.status_code == 200
    body = response.content.decode()
    assert "style=" not in body
    assert "<script>" not in body
    assert ("英" not in body) or prefix == ""


def test_the_board_shows_the_figures_and_leads_to_their_lists(watched, supervisor):
    client = signed_in(supervisor)

    board = client.get("/desk/supervision/").content.decode()

    assert 'href="/desk/supervision/open/?light=red"' in board
    assert "88.9%" in board or "85.7%" in board
    listed = words_of(client.get("/desk/supervision/open/?organisation=fire&light=red"))
    assert "在办办件1件" in listed
    assert Case.objects.get(pk=watched.open).number in listed


def test_htmx_gets_the_changing_region_alone(watched, supervisor):
    client = signed_in(supervisor)

    part = client.get("/desk/supervision/", headers={"HX-Request": "true"}).content.decode()
    whole = client.get("/desk/supervision/")

    assert part.startswith('<div id="board"')
    assert "<html" not in part
    assert "HX-Request" in whole.headers["Vary"]
    assert part.split(">", 1)[0] in whole.content.decode()


def test_a_department_finds_itself_and_no_trace_of_others(watched):
    fire = an_officer("fire", roles=("approver",), name="消防某长")
    client = signed_in(fire)
    # The joint licence is theirs too, so its own number is no secret; the others' names and figures are.
    strangers = ("planning", "environment", "environment某", "planning某")
    paths = (
        "/desk/supervision/",
        "/desk/supervision/?screen=1",
        "/desk/supervision/open/",
        "/desk/supervision/open/?organisation=environment",
        "/desk/supervision/alerts/",
        "/desk/supervision/cards/",
        "/desk/supervision/cards/?organisation=environment",
        "/desk/supervision/notices/",
        "/desk/supervision/scores/",
        "/desk/supervision/scores/fire/",
        "/desk/supervision/items/",
        "/desk/supervision/items/test_review/",
        *(f"/desk/supervision/scores/evidence/?indicator={indicator}" for indicator in Indicator),
    )

    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        shown = words_of(response)
        # The page of a filter names what was asked for, even where it finds nothing.
        echoed = {"environment"} if "organisation=environment" in path else set()
        assert [name for name in strangers if name in shown and name not in echoed] == [], path
    assert "在办办件0件" in words_of(client.get("/desk/supervision/open/?organisation=environment"))
    for path in ("/desk/supervision/scores/environment/", f"/desk/supervision/scores/{BODY}/"):
        assert client.get(path).status_code == 404


def test_an_officer_without_a_superiors_role_sees_only_the_own_score(watched):
    mine = watched.reviewers["fire"]
    other = an_officer("fire", roles=("approver",))
    client = signed_in(mine)

    page = words_of(client.get("/desk/supervision/scores/fire/"))

    assert "fire某" in page
    own = f"/desk/supervision/scores/fire/{mine.account_id}/"
    assert client.get(own).status_code == 200
    assert "50.0" in words_of(client.get(own))
    colleague = signed_in(officer("fire", "handler"))
    assert "fire某" not in words_of(colleague.get("/desk/supervision/scores/fire/"))
    assert colleague.get(own).status_code == 404
    asked = f"/desk/supervision/scores/evidence/?organisation=fire&officer={mine.account_id}"
    assert colleague.get(asked).status_code == 404
    # Asking under a foreign organisation does not open a foreign officer either.
    stranger = watched.reviewers["environment"].account_id
    head = signed_in(other)
    assert (
        head.get(
            f"/desk/supervision/scores/evidence/?organisation=environment&officer={stranger}"
        ).status_code
        == 404
    )
    shown = words_of(head.get(f"/desk/supervision/scores/evidence/?organisation=fire&officer={stranger}"))
    assert "按时率：0项" in shown


def test_a_score_is_explained_down_to_its_cases(watched, supervisor):
    client = signed_in(supervisor)

    page = client.get("/desk/supervision/scores/fire/").content.decode()

    assert "按时1项 ÷ 共2项 × 100 = 50.0" in page
    assert "100 − (1张黄牌 × 5分 + 1张红牌 × 15分) = 80.0（最低0分）" in page
    # 50 × 40/75 + 80 × 20/75 + 50 × 15/75 = 58.0: nobody rated fire, and nothing was lodged there
    assert "58.0" in page
    links = re.findall(r'href="(/desk/supervision/scores/evidence/[^"]+)">([^<]+)<', page)
    assert len(links) == 6
    for href, text in links:
        count = int(text.split()[-1])
        assert f"：{count}项" in client.get(href.replace("&amp;", "&")).content.decode()


def test_citizens_and_guests_stay_outside(march):
    citizen = signed_in(a_citizen())

    for path in PAGES:
        assert Client().get(path).status_code == 302
        assert citizen.get(path).status_code == 403


def test_strange_questions_find_nothing_and_break_nothing(watched, supervisor):
    client = signed_in(supervisor)

    for query in (
        "?month=2099-01",
        "?month=x&page=-1",
        "?light=purple&page=99999999999",
        "?indicator=nothing&mark=';--",
        "?organisation=%01%27&officer=%C2%B2",
        "?type=" + "x" * 500,
        "?officer=99999999999999999999999999&page=999999999999999",
        "?level=blue&noticed=perhaps",
    ):
        for path in ("", "open/", "cards/", "notices/", "scores/", "scores/evidence/", "items/"):
            assert client.get(f"/desk/supervision/{path}{query}").status_code == 200, (path, query)
    assert client.get("/desk/supervision/items/nothing/").status_code == 404


def test_the_public_sees_sums_without_names(watched):
    page = Client().get("/statistics/?month=2026-03")

    shown = words_of(page)
    assert page.status_code == 200
    assert "50.0%" in shown
    assert "某" not in shown
    assert Case.objects.get(pk=watched.late).number not in shown
    # Two ratings are too few for a mean.
    assert re.search(r"平均评价 —", shown)
    assert Client().get("/en/statistics/?month=2026-02").status_code == 200
