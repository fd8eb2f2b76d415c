"""A city that runs for all journeys, a browser, and people who visit it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from tests.live.browser import BEGINS, CHROMIUM
from tests.live.city import LiveCity, live_city
from tests.live.visit import Visit


@pytest.fixture(autouse=True)
def _leave_no_window(browser: Browser) -> Iterator[None]:
    """A window that stays open keeps its connections to the server, and so to the database."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture
def drawing(browser: Browser) -> Iterator[Browser]:
    """Draws WebGL without a graphics card; it warns of being slow, so its console is not judged."""
    flags = ["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking"]
    opened = browser.browser_type.launch(executable_path=CHROMIUM, args=flags, timeout=BEGINS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def whole_city() -> Iterator[LiveCity]:
    """The city of the session."""
    with live_city() as running:
        yield running


@pytest.fixture
def city(whole_city: LiveCity, django_db_blocker) -> Iterator[LiveCity]:
    """The city; commands of the test act in it."""
    with whole_city.acting(django_db_blocker):
        yield whole_city


@pytest.fixture(params=["zh", "en"])
def language(request) -> str:
    """Each journey runs in both."""
    return request.param


@pytest.fixture
def visit(browser: Browser, city: LiveCity, language: str) -> Iterator[Callable[..., Visit]]:
    """Open windows: ``visit()`` for somebody unknown, ``visit("chen")`` for a person who signs in."""
    opened: list[Visit] = []

    def open_one(username: str = "", **how: object) -> Visit:
        one = Visit(browser, city.address, language=language, **how)
        opened.append(one)
        return one.sign_in(username) if username else one

    yield open_one
    assert [complaint for one in opened for complaint in one.complaints] == []
