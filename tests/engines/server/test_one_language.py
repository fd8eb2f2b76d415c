"""B36: every page that a reader comes to by links, and every form's refusal, is in one language.

The crawl begins where each reader begins and opens one address of every route. What is written in another
language on purpose says so by its ``lang``; codes stand in ``code``. Names and what people wrote are theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from lxml import html
from lxml.html import HtmlElement as Page
from tests.engines.server.one_language import HOSTILE, foreign, misnamed, patient, refused

from yiwang.identity.api import load_city
from yiwang.identity.testing import an_officer, signed_in
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.portal.testing import a_businessman, applied, begin

pytestmark = pytest.mark.django_db
PACKS = [
    "population",
    "legal_entity",
    "licence_catalogue",
    "service_catalogue",
    "investment_approval",
    "supervision",
    "disclosure",
]
#: Addresses that give no page, or do something when opened, or list the codes of fields.
_NO_PAGES = re.compile(
    r"/(account/logout|account/password|desk/registers/\w+/fields/|static|trust|rest|api|nodes|catalogue-)|\.\w{2,5}$|file"
)
_ENOUGH = 70


@pytest.fixture(scope="module")
def readers(django_db_setup, django_db_blocker) -> Iterator[dict[str, tuple[Client, tuple[str, ...]]]]:
    """A city with a case in it, and who reads: each with where the reading begins."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own TestCase marks its own: commands may open theirs inside
    with django_db_blocker.unblock(), whole:
        translation.activate("zh-hans")
        load_city(ROOT / "cities" / "guangzhou")
        loaded = load(ROOT / "packs", PACKS).or_refuse()
        apply_plan(actor=Actor.system("tests"), at=timezone.now(), loaded=loaded, plan=make_plan(loaded))
        owner = a_businessman()
        address = begin(owner)
        _, case_id = applied(owner)
        every = {"window", "handler", "reviewer", "approver"}
        watch = {"supervisor", "auditor", "leader", "city_admin"}
        yield {
            "nobody": (Client(), ("/", "/services/", "/account/login/", "/search/?q=政府")),
            "citizen": (owner.client, ("/space/", address, f"/space/cases/{case_id}/")),
            "officer": (signed_in(an_officer("planning", roles=every)), ("/desk/",)),
            "owner": (signed_in(an_officer("public_security", roles=every)), ("/desk/", "/desk/registers/")),
            "watch": (signed_in(an_officer("supervision", roles=watch)), ("/desk/", "/desk/supervision/")),
        }
        transaction.set_rollback(True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_b36_every_page_is_in_one_language(readers, language: str):
    found: dict[str, set[str]] = {}
    seen: set[str] = set()
    sent: set[str] = set()
    for who, (client, starts) in readers.items():
        for address, page in _crawled(client, starts, language):
            seen.add(f"{who} {address}")
            pages = [page]
            for form in page.iterfind(".//form"):
                mark = _mark(form, address)
                if mark not in sent:
                    sent.add(mark)
                    pages += _answers(client, form, address)
            for each in pages:
                for words in (*foreign(each, language), *misnamed(each, language)):
                    found.setdefault(words, set()).add(address)
    assert len(seen) > 60
    assert len(sent) > 60
    shown = [f"{words!r}: {sorted(where)[0]}" for words, where in sorted(found.items())]
    assert not shown, "\n".join(shown)


def _mark(form: Page, address: str) -> str:
    """Forms of one route with the same fields are one."""
    target = urlsplit(form.get("action") or address).path or urlsplit(address).path
    names = sorted({field.get("name") for field in form.xpath(".//*[@name]")})
    return " ".join([form.get("method", "get"), _route(target) or target, *names])


def _answers(client: Client, form: Page, address: str) -> Iterator[Page]:
    """What follows when it is sent empty, and with too much of what nobody should write."""
    is_read = form.get("method", "get").lower() == "get"
    for written in [HOSTILE[:2000]] if is_read else ["", HOSTILE]:
        page = refused(client, form, address, written=written)
        if page is not None:
            yield page


def _crawled(client: Client, starts: tuple[str, ...], language: str) -> Iterator[tuple[str, Page]]:
    """Pages, one of each route, breadth first."""
    waiting = [start if language == "zh" else f"/en{start}" for start in starts]
    known: set[str] = set()
    while waiting and len(known) < _ENOUGH:
        address = waiting.pop(0)
        route = _route(address)
        if route is None or route in known or _NO_PAGES.search(address):
            continue
        known.add(route)
        patient()
        answer = client.get(address, follow=True)
        if answer.status_code >= 400:
            continue
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        page = html.document_fromstring(answer.content.decode())
        yield address, page
        waiting += _links(page, address, language)


def _route(address: str) -> str | None:
    """The route of an address, whatever it names; the same page of another kind counts with its kind."""
    with translation.override("en" if address.startswith("/en/") else "zh-hans"):
        try:
            found = resolve(urlsplit(address).path)
        except Resolver404:
            return None
    kinds = [str(value) for key, value in sorted(found.kwargs.items()) if key in {"key", "act", "tab"}]
    return " ".join([found.route, *kinds])


def _links(page: Page, address: str, language: str) -> list[str]:
    page.make_links_absolute(f"http://testserver{address}")
    found = []
    for link in page.iterfind(".//a[@href]"):
        parts = urlsplit(link.get("href"))
        is_english = parts.path.startswith("/en/")
        if parts.netloc == "testserver" and is_english == (language == "en"):
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found
