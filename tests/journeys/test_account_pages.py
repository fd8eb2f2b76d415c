"""Account pages in a real browser: both languages, two widths, accessible, nothing blocked; a key."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from yiwang.identity.testing import a_citizen, a_firm, a_mandate, an_officer
from yiwang.platform.models import JournalEntry

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "correct horse battery"


class Visit:
    """One browser window on the running site; collects what the console complains about."""

    def __init__(self, browser: Browser, address: str, *, width: int = 1280, prefix: str = "") -> None:
        self.page: Page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        self.address = address + prefix
        self.complaints: list[str] = []
        self.page.on("console", self._note)

    def _note(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, username: str) -> None:
        self.go("/account/login/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button")
        self.page.wait_for_load_state()

    def faults(self, browser: Browser) -> list[object]:
        """Accessibility faults of the same page, opened again where axe may be added."""
        context = browser.new_context(
            viewport=self.page.viewport_size,
            bypass_csp=True,
            storage_state=self.page.context.storage_state(),
        )
        copy = context.new_page()
        copy.goto(self.page.url)
        copy.add_script_tag(path=AXE)
        result = copy.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        context.close()
        return [(fault["id"], fault["nodes"][0]["html"]) for fault in result["violations"]]


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_account_pages_are_accessible_and_fit(browser, live_server, prefix, width):
    luo = a_citizen(name="罗志强", username="luo", password=PASSWORD)
    firm = a_firm()
    a_mandate(luo, firm)
    an_officer("planning", roles={"city_admin"}, username="admin", password=PASSWORD)
    visit = Visit(browser, live_server.url, width=width, prefix=prefix)
    paths = ["/account/login/", "/account/register/"]
    look(visit, browser, width, paths)
    visit.sign_in("luo")
    paths = [
        f"/account/{name}" for name in ("", "standing/", "firms/", f"firms/{firm.id}/", "firms/register/")
    ]
    look(visit, browser, width, [*paths, "/account/password/", "/account/two-step/", "/account/sessions/"])
    other = Visit(browser, live_server.url, width=width, prefix=prefix)
    other.sign_in("admin")
    look(other, browser, width, ["/desk/stand-ins/", "/desk/accounts/?q=luo", "/desk/accounts/new/"])


def look(visit: Visit, browser: Browser, width: int, paths: list[str]) -> None:
    for path in paths:
        visit.go(path)
        assert visit.page.evaluate("document.documentElement.scrollWidth") == width, path
        assert visit.faults(browser) == [], path
        assert visit.complaints == [], path


def test_a_security_key_is_added_and_asked_for(browser, live_server):
    a_citizen(username="chen", password=PASSWORD)
    visit = Visit(browser, live_server.url)
    visit.sign_in("chen")
    device = visit.page.context.new_cdp_session(visit.page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )

    visit.go("/account/two-step/keys/new/")
    visit.page.fill("[name=password]", PASSWORD)
    visit.page.click("main form button")
    visit.page.wait_for_url("**/keys/new/")
    visit.page.click("#mfa_webauthn_add")
    visit.page.wait_for_url("**/two-step/codes/")
    visit.page.context.clear_cookies()
    visit.sign_in("chen")
    assert visit.page.url.endswith("/account/two-step/code/")
    visit.page.click("#mfa_webauthn_authenticate")
    visit.page.wait_for_url("**/space/")

    assert JournalEntry.objects.latest("id").detail == {"means": "password+webauthn"}
    assert visit.complaints == []
