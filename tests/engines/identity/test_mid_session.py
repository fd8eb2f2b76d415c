"""What ends while somebody is signed in has ended at the next request, whatever the browser still shows."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from yiwang.cases.models import Draft, Task
from yiwang.cases.testing import BODY, a_review_type, an_application, officer, open_task
from yiwang.identity.models import Account, Mandate, Posting
from yiwang.identity.testing import signed_in
from yiwang.platform.files import keep
from yiwang.portal.testing import a_businessman

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def case():
    return an_application(a_review_type())


def test_an_officer_whose_posting_ended_is_out_of_the_desk(case):
    window = officer(BODY, "window")
    browser = signed_in(window)
    task = open_task(case.case_id)
    assert browser.get(f"/desk/cases/{case.number}/").status_code == 200

    Posting.objects.filter(account_id=window.account_id).update(ends_at=timezone.now())
    seen = [browser.get(path).status_code for path in ("/desk/", f"/desk/cases/{case.number}/")]
    acted = browser.post(f"/desk/cases/{case.number}/tasks/{task}/complete/", {"outcome": "accept"})

    assert set(seen) <= {302, 403}
    assert acted.status_code in {302, 403}
    assert Task.objects.get(pk=task).state == "open"


def test_an_account_that_was_closed_is_signed_out(case):
    window = officer(BODY, "window")
    browser = signed_in(window)
    browser.get("/desk/")

    Account.objects.filter(pk=window.account_id).update(is_active=False)
    page = browser.get(f"/desk/cases/{case.number}/")
    program = browser.get("/api/exchange/own-trace")

    assert page.status_code == 302
    assert page.headers["Location"].startswith("/account/login/")
    assert (program.status_code, json.loads(program.content)["type"]) == (
        401, "urn:yiwang:problem:identity.not_signed_in",
    )  # fmt: skip


def test_an_agent_whose_mandate_was_revoked_reaches_nothing_of_the_firm():
    who = a_businessman()
    a_review_type()
    draft = Draft.objects.create(
        account_id=who.actor.account_id, entity_id=who.firm.id, type_code="test_review", type_version=1,
        answers={"name": "云谷"}, files={}, page="", version=1, started_at=NOW, saved_at=NOW,
    )  # fmt: skip
    stored = keep(
        b"%PDF-1.4 secret", name="a.pdf", media_type="application/pdf", owner=f"draft:{draft.pk}",
        at=timezone.now(),
    )  # fmt: skip
    address = f"/apply/{draft.pk}/files/{stored.pk}/"
    before = who.client.get(address)

    Mandate.objects.filter(entity_id=who.firm.id).update(ends_at=timezone.now())
    after = who.client.get(address)
    listed = who.client.get("/space/")

    assert before.status_code == 200
    assert b"".join(before.streaming_content) == b"%PDF-1.4 secret"
    assert (after.status_code, after.headers["Location"]) == (302, "/account/standing/")
    assert who.firm.name not in listed.content.decode()
    assert f"/apply/{draft.pk}/" not in listed.content.decode()
