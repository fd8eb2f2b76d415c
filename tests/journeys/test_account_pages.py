"""Account pages in a real browser: both languages, two widths, accessible, nothing blocked; a key."""

from __future__ import annotations

import pytest
from tests.live.city import PASSWORD
from tests.live.visit import Visit

from yiwang.identity.models import Account, LegalEntity
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.journey
FIRM = "91440100MADEM0001H"


def look(person: Visit, paths: dict[str, str]) -> None:
    for name, path in paths.items():
        person.go(path)
        person.look(name)


def test_account_pages_are_accessible_and_fit(visit, city):
    look(visit(), {"account-login": "/account/login/", "account-register": "/account/register/"})
    firm = LegalEntity.objects.get(credit_code=FIRM)
    places = ("standing", "firms", "firms/register", "password", "two-step", "sessions")
    owner = visit("luo")
    look(owner, {"account": "/account/", "account-firm": f"/account/firms/{firm.pk}/"})
    look(owner, {f"account-{place.replace('/', '-')}": f"/account/{place}/" for place in places})
    look(
        visit("admin"),
        {
            "desk-stand-ins": "/desk/stand-ins/",
            "desk-accounts": "/desk/accounts/?q=luo",
            "desk-accounts-new": "/desk/accounts/new/",
        },
    )


def test_a_security_key_is_added_and_asked_for(browser, city):
    # No key is bound to a bare address of a machine.
    person = Visit(browser, city.address.replace("127.0.0.1", "localhost"))
    person.enter_password("lin")
    device = person.context.new_cdp_session(person.page)
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

    person.go("/account/two-step/keys/new/")
    person.page.fill("[name=password]", PASSWORD)
    person.page.click("main form button")
    person.page.wait_for_url("**/keys/new/")
    person.page.click("#mfa_webauthn_add")
    person.page.wait_for_url("**/two-step/codes/")
    person.context.clear_cookies()
    person.enter_password("lin")
    assert person.page.url.endswith("/account/two-step/code/")
    person.page.click("#mfa_webauthn_authenticate")
    person.page.wait_for_url("**/space/")

    lin = Account.objects.get(username="lin").pk
    assert JournalEntry.objects.filter(subject=f"account:{lin}").latest("id").detail == {
        "means": "password+webauthn"
    }
    assert person.complaints == []
