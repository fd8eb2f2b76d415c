"""Supervision is for those who handle, decide or watch; who only watches starts at the board."""

from __future__ import annotations

import pytest

from yiwang.cases.testing import BODY, officer
from yiwang.identity.api import landing_for
from yiwang.identity.testing import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "start"),
    [
        ("window", "desk:inbox"),
        ("handler", "desk:inbox"),
        ("approver", "desk:inbox"),
        ("supervisor", "supervision:board"),
        ("leader", "supervision:board"),
        ("city_admin", "supervision:board"),
        ("auditor", "supervision:board"),
    ],
)
def test_the_start_page_is_where_the_work_is(role: str, start: str):
    assert landing_for(officer(BODY, role)) == start


def test_a_counter_officer_is_spared_supervision():
    window = signed_in(officer(BODY, "window"))
    assert "/desk/supervision/" not in window.get("/desk/").content.decode()
    assert window.get("/desk/supervision/").status_code == 403
    assert window.get("/desk/supervision/notices/").status_code == 403

    handler = signed_in(officer(BODY, "handler"))
    assert 'href="/desk/supervision/notices/"' in handler.get("/desk/").content.decode()
    assert handler.get("/desk/supervision/").status_code == 200


def test_the_menu_is_folded_for_phones():
    page = signed_in(officer(BODY, "handler")).get("/desk/").content.decode()
    assert '<details class="yw-desk__menu"><summary>' in page
    assert page.count('href="/desk/supervision/"') == 2
