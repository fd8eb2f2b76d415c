"""Words about people are sent in a body and stay out of every address."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from lxml import html

from yiwang.cases.testing import BODY, a_review_type, an_application, officer
from yiwang.identity.testing import an_officer, signed_in

pytestmark = pytest.mark.django_db
NAME = "云谷"


@pytest.fixture
def window() -> Client:
    return signed_in(officer(BODY, "window"))


@pytest.mark.parametrize("page", ["/desk/", "/desk/search/", "/en/desk/search/"])
def test_words_of_a_search_are_named_by_a_token(window, page):
    opened = an_application(a_review_type())
    sent = window.post(page, {"q": NAME, "type": "test_review"})
    address = sent.headers["Location"]
    shown = window.get(address).content.decode()
    missed = window.post(page, {"q": "没有这样的名字"}, follow=True).content.decode()

    assert sent.status_code == 302
    assert re.fullmatch(re.escape(page) + r"\?type=test_review&s=[\w-]{12}", address)
    assert opened.number in shown
    assert f'value="{NAME}"' in shown
    assert opened.number not in missed
    assert 'method="post"' in shown


def test_a_token_means_nothing_to_others_nor_elsewhere(window):
    an_application(a_review_type())
    address = window.post("/desk/search/", {"q": "没有"}).headers["Location"]
    token = address.partition("?")[2]
    other = signed_in(officer(BODY, "window")).get(address).content.decode()
    elsewhere = window.get(f"/desk/?{token}").content.decode()

    assert 'value="没有"' in window.get(address).content.decode()
    assert 'value="没有"' not in other
    assert 'value="没有"' not in elsewhere


def test_accounts_are_found_by_name_without_the_name_in_the_address():
    admin = signed_in(an_officer("informatization", roles={"city_admin"}, username="admin"))
    an_officer("water", roles={"handler"}, username="water.one", name="欧阳流水")
    sent = admin.post("/desk/accounts/", {"q": "欧阳流水"})

    assert re.fullmatch(r"/desk/accounts/\?s=[\w-]{12}", sent.headers["Location"])
    assert "water.one" in admin.get(sent.headers["Location"]).content.decode()


def test_only_the_last_searches_are_kept(window):
    addresses = [window.post("/desk/search/", {"q": f"词{n}"}).headers["Location"] for n in range(12)]

    assert 'value="词0"' not in window.get(addresses[0]).content.decode()
    assert 'value="词11"' in window.get(addresses[11]).content.decode()
    assert len(window.session["yiwang_searches"]) == 10


@pytest.mark.parametrize("page", ["/desk/", "/en/desk/search/"])
def test_b37_each_filter_is_a_chip_that_takes_it_away(window, page):
    an_application(a_review_type())
    address = window.post(page, {"q": NAME, "type": "test_review"}).headers["Location"]

    chips = html.document_fromstring(window.get(address).content.decode()).find_class("yw-filter__chip")

    token = address.partition("&")[2]
    assert [chip.get("href") for chip in chips] == ["?type=test_review", f"?{token}"]
    assert chips[0].text == f"“{NAME}”"
    left = html.document_fromstring(window.get(page + chips[0].get("href")).content.decode())
    assert len(left.find_class("yw-filter__chip")) == 1
    assert left.xpath("string(//input[@name='q']/@value)") == ""
    (clear,) = left.xpath("//form[contains(@class, 'yw-filter')]//div[last()]/a")
    assert clear.get("href") == page
    assert not html.document_fromstring(window.get(page).content.decode()).find_class("yw-filter__chip")


def test_b37_the_calendar_learns_the_days_off_of_the_city(client):
    days = client.get("/calendar/2026/").json()["days_off"]

    assert (days[0], len(days)) == ("2026-01-01", 117)
    assert "2026-11-22" in days
    assert "2026-02-14" not in days
    assert [client.get(f"/calendar/{year}/").status_code for year in (1, 9999, 10000)] == [404, 404, 404]
