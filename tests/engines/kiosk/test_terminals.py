"""S014: terminals with a secret of their own, heard from by their page loads; touch pages that go back."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.identity.testing import an_officer, signed_in
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.portal.kiosk import api
from yiwang.portal.kiosk.contracts import NewTerminal, TerminalNotFound, TerminalRetired
from yiwang.portal.kiosk.models import Terminal
from yiwang.portal.kiosk.rules.secrets import digest_of
from yiwang.portal.kiosk.rules.states import TerminalState
from yiwang.portal.kiosk.web.pages import SECRET_PACE
from yiwang.portal.testing import applied

pytestmark = pytest.mark.django_db
PLACE = {"place": Text("石牌东百货一楼", "Shipai East department store"), "address": "石牌东路1号"}
COMMUNITY = "c440106006002"


def keeper():
    return an_officer("information_centre", roles={"terminal_keeper"})


def a_terminal(organisation: str = COMMUNITY) -> NewTerminal:
    return api.register_terminal(actor=keeper(), at=timezone.now(), organisation=organisation, **PLACE)


def started(made: NewTerminal) -> Client:
    """A browser in which number and secret were typed."""
    browser = Client()
    SECRET_PACE.forget()
    answer = browser.post("/kiosk/terminal/", {"number": f"K{made.id:05d}", "secret": made.secret.lower()})
    assert answer.headers["Location"] == "/kiosk/"
    return browser


def test_a_terminal_is_started_by_its_secret_and_heard_from_by_its_page_loads():
    made = a_terminal()
    row = Terminal.objects.get()
    assert (row.secret_digest, row.last_contact_at) == (digest_of(made.secret), None)

    browser = started(made)
    cookies = {
        name: (morsel["path"], morsel["httponly"], morsel["samesite"])
        for name, morsel in browser.cookies.items()
    }
    assert cookies == {
        "yiwang_kiosk": ("/kiosk/", True, "Strict"),
        "yiwang_kiosk_en": ("/en/kiosk/", True, "Strict"),
    }
    assert "石牌东百货一楼" in browser.get("/kiosk/").content.decode()
    first = Terminal.objects.get().last_contact_at
    assert first is not None
    browser.get("/kiosk/places/")
    assert Terminal.objects.get().last_contact_at == first  # one write a minute
    Terminal.objects.update(last_contact_at=first - timedelta(minutes=20))
    assert api.terminal(made.id, at=timezone.now()).state is TerminalState.SILENT
    browser.get("/en/kiosk/jobs/")
    assert api.terminal(made.id, at=timezone.now()).state is TerminalState.WORKING


def test_another_secret_an_old_one_and_a_retired_terminal_are_nobodys():
    made, at = a_terminal(), timezone.now()
    assert Client().post("/kiosk/terminal/", {"number": made.id, "secret": "0" * 20}).status_code == 404
    browser = started(made)
    renewed = api.renew_terminal(actor=keeper(), at=at, terminal=made.id)
    assert "石牌东百货一楼" not in browser.get("/kiosk/").content.decode()
    assert Terminal.objects.get().last_contact_at is None

    api.retire_terminal(actor=keeper(), at=at, terminal=made.id, reason="商场关闭")
    with pytest.raises(TerminalNotFound):
        api.terminal_by_secret(made.id, renewed.secret, at=at)
    for again in (api.renew_terminal, api.retire_terminal):
        words = {"reason": "再次"} if again is api.retire_terminal else {}
        with pytest.raises(TerminalRetired):
            again(actor=keeper(), at=at, terminal=made.id, **words)


@pytest.mark.parametrize(
    ("organisation", "roles"),
    [
        ("information_centre", {"handler", "approver"}),
        ("s440106006", {"community"}),
        ("informatization", {"city_admin"}),
    ],
)
def test_only_who_keeps_terminals_may(organisation, roles):
    made, other, at = a_terminal(), an_officer(organisation, roles=roles), timezone.now()
    before = list(Terminal.objects.values())

    for act, words in (
        (api.register_terminal, {"organisation": COMMUNITY, **PLACE}),
        (api.renew_terminal, {"terminal": made.id}),
        (api.retire_terminal, {"terminal": made.id, "reason": "不用了"}),
    ):
        with pytest.raises(OperationNotAllowed):
            act(actor=other, at=at, **words)

    assert list(Terminal.objects.values()) == before
    assert signed_in(other).get("/desk/kiosk/terminals/").status_code == 403


def test_a_terminal_stands_somewhere_and_its_secret_is_in_no_journal():
    with pytest.raises(InvalidInput) as refused:
        api.register_terminal(
            actor=keeper(), at=timezone.now(), organisation="nowhere", place=Text("", "Hall"), address=""
        )
    assert [problem.path for problem in refused.value.problems] == ["place_zh", "address", "organisation"]
    assert Terminal.objects.count() == 0

    made = a_terminal()
    line = JournalEntry.objects.filter(operation="kiosk.terminal.keep").latest("id")
    assert (line.subject, line.detail) == ("terminal:new", {"terminal": made.id})


def test_the_desk_lists_registers_and_retires():
    desk = signed_in(keeper())
    sent = {"organisation": COMMUNITY, "place_zh": "超市", "place_en": "Shop", "address": "石牌西路2号"}
    assert desk.post("/desk/kiosk/terminals/new/", {**sent, "organisation": "c0"}).status_code == 422
    page = desk.post("/desk/kiosk/terminals/new/", sent)
    made = Terminal.objects.get()
    assert (page.status_code, page.headers["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    Terminal.objects.update(last_contact_at=timezone.now() - timedelta(hours=3))

    for prefix, said in (("", "失去联系"), ("/en", "Silent")):
        listed = desk.get(f"{prefix}/desk/kiosk/terminals/?state=silent").content.decode()
        assert said in listed
        assert f"K{made.pk:05d}" in listed
    assert desk.post(f"/desk/kiosk/terminals/{made.pk}/", {"reason": ""}).status_code == 422
    assert desk.post(f"/desk/kiosk/terminals/{made.pk}/", {"reason": "搬走"}).status_code == 302
    assert Terminal.objects.get().retired_reason == "搬走"
    assert desk.post(f"/desk/kiosk/terminals/{made.pk}/renew/").status_code == 302


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/kiosk/", "300; url=/kiosk/"),
        ("/en/kiosk/", "300; url=/kiosk/"),
        ("/kiosk/places/", "120; url=/kiosk/idle/?back=%2Fkiosk%2Fplaces%2F"),
        (
            "/kiosk/services/?event=retire",
            "120; url=/kiosk/idle/?back=%2Fkiosk%2Fservices%2F%3Fevent%3Dretire",
        ),
        ("/en/kiosk/idle/", "30; url=/kiosk/"),
        ("/kiosk/track/", "60; url=/kiosk/"),
    ],
)
def test_a_page_that_nobody_touches_goes_back_without_script(client, path, expected):
    page = client.get(path)

    assert (page.status_code, page.headers["Refresh"]) == (200, expected)
    assert page.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("/kiosk/jobs/?page=2", "/kiosk/jobs/?page=2"),
        ("/en/kiosk/places/", "/kiosk/"),
        ("/kiosk/idle/", "/kiosk/"),
        ("/desk/", "/kiosk/"),
        ("//elsewhere.example/kiosk/", "/kiosk/"),
        ("javascript:alert(1)", "/kiosk/"),
    ],
)
def test_who_is_still_there_goes_on_where_he_was_and_nowhere_else(client, back, expected):
    page = client.get(f"/kiosk/idle/?back={quote(back)}").content.decode()

    assert f'class="govuk-button" href="{expected}"' in page


def test_nothing_leads_out_of_the_terminal(client):
    for path in (
        "",
        "services/",
        "services/?event=retire",
        "services/investment_approval/",
        "places/",
        "track/",
        "jobs/",
    ):
        page = client.get(f"/en/kiosk/{path}").content.decode()
        ways = set(re.findall(r'<a [^>]*href="([^"]+)"', page))
        assert {way for way in ways if not way.startswith(("/en/kiosk/", "/kiosk/", "?", "#"))} == set()


def test_a_guide_is_set_for_the_printer_in_both_languages(client):
    for prefix, words in (("", ("要带什么", "办事指南")), ("/en", ("What to bring", "Guide to a service"))):
        answer = client.get(f"{prefix}/kiosk/services/investment_approval/guide.pdf")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        pdf = pypdfium2.PdfDocument(answer.content)
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        assert all(word in text for word in words)
    missing = client.get("/en/kiosk/services/none_such/")
    assert (missing.status_code, missing.headers["Refresh"][:4]) == (404, "120;")
    assert 'class="yw-kiosk"' in missing.content.decode()
    assert client.get("/kiosk/services/none_such/guide.pdf").status_code == 404


def test_a_case_is_shown_by_number_and_code_and_without_a_name(client):
    who, case_id = applied()
    case = Case.objects.get(pk=case_id)
    sent = {"number": case.number, "code": case.tracking_code}
    shown = client.post("/kiosk/track/", sent)
    text = shown.content.decode()

    assert (shown.status_code, shown.headers["Refresh"]) == (200, "60; url=/kiosk/")
    assert case.number in text
    assert who.firm.name not in text
    assert who.actor.name not in text
    assert client.post("/kiosk/track/", {**sent, "code": "WRONG"}).status_code == 404
    assert client.post("/kiosk/track/", sent).status_code == 429
