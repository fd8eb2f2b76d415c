"""A city with its services, and two communities of one street."""

from __future__ import annotations

import pytest
from django.utils import translation

from yiwang.portal.kiosk.web.guides import PDF_PACE
from yiwang.portal.kiosk.web.pages import SECRET_PACE, TRACK_PACE


@pytest.fixture(autouse=True)
def _afresh() -> None:
    """A page in English leaves its language on the thread; nobody has asked before."""
    translation.activate("zh-hans")
    for pace in (PDF_PACE, SECRET_PACE, TRACK_PACE):
        pace.forget()


@pytest.fixture(scope="module", autouse=True)
def _applied_city(serving_city) -> None:
    """The city of all tests of the kiosks."""
