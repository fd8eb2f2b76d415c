"""One person at a browser: goes, fills in, presses; every page is checked for what must hold everywhere."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    Route,
)
from tests.live.browser import PATIENCE
from tests.live.city import PASSWORD
from tests.live.judges import NU, judge_shown

WIDE, NARROW = 1280, 375
#: Each page kind is judged at both widths, shared between the languages: a judgement takes half a second.
_JUDGED_AT = {"zh": NARROW, "en": WIDE}
_REFUSED = "the server responded with a status of 4"
#: How fast a graphics driver in software is, which no page can mend.
_DRIVER = "GL Driver Message (OpenGL, Performance"
#: Kinds of pages judged in this run, each with its language.
_LOOKED_AT: set[tuple[str, str]] = set()
#: Cookies of those who signed in during this run, by city and name: Argon2 takes its time on purpose.
_SIGNED_IN: dict[tuple[str, str], list[SetCookieParam]] = {}
#: Folder for pictures of all pages, for people to look at; a fifth of the time goes into them.
PICTURES = os.environ.get("YIWANG_PICTURES", "")


class Visit:
    """A window of its own, in one language; collects what the console complains about."""

    def __init__(
        self, browser: Browser, address: str, *, language: str = "zh", script: bool = True, width: int = WIDE
    ) -> None:
        self.language, self.width, self.script = language, width, script
        self.address = address + ("/en" if language == "en" else "")
        self.root = address
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="en-GB" if language == "en" else "zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",  # a colour on its way to another is judged as too faint
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._sent: Response | None = None
        self.page.on("response", self._note_answer)

    def _note(self, message: ConsoleMessage) -> None:
        # The browser tells of a page that was refused (403, 404, 409, 422) as of an error; it is none.
        is_answer = message.location.get("url", "").split("?")[0] == self.page.url.split("?")[0]
        is_told = (is_answer and _REFUSED in message.text) or _DRIVER in message.text
        if message.type in {"error", "warning"} and not is_told:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _note_answer(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self._sent = response
        if response.status >= 500:
            self.complaints.append(f"{response.url}: {response.status}")

    def text(self, zh: str, en: str) -> str:
        """The words of this visit's language."""
        return en if self.language == "en" else zh

    def go(self, path: str) -> None:
        """Open an address of the site, in this visit's language."""
        self.page.goto(self.address + path)

    def sign_in(self, username: str) -> Visit:
        """Through the sign-in page the first time; afterwards the browser still knows the person."""
        known = _SIGNED_IN.get((self.root, username))
        if known is not None:
            self.context.add_cookies(known)
            return self
        self.enter_password(username)
        assert "/login/" not in self.page.url, self.page.locator("main").inner_text()
        _SIGNED_IN[self.root, username] = [
            {"name": cookie["name"], "value": cookie["value"], "url": self.root}
            for cookie in self.context.cookies()
        ]
        return self

    def enter_password(self, username: str) -> None:
        """Send name and password of a demonstration account."""
        self.go("/account/login/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.locator("main form button").first.click()
        self.page.wait_for_load_state()

    def press(self, zh: str, en: str = "") -> None:
        """Press the button, or follow the link, that bears these words."""
        words = self.text(zh, en or zh)
        exact = re.compile(rf"^\s*{re.escape(words)}\s*$")
        button = self.page.get_by_role("button", name=exact)
        button.or_(self.page.get_by_role("link", name=exact)).first.wait_for()
        found = button if button.count() else self.page.get_by_role("link", name=exact)
        found.first.click()
        self.page.wait_for_load_state()

    def fetch(self, link: Locator) -> bytes:
        """What a link gives, as this person gets it."""
        answer = self.context.request.get(link.evaluate("link => link.href"))
        assert answer.status == 200, answer.url
        return answer.body()

    def paper(self, zh: str, en: str) -> bytes:
        """Press what opens a PDF; gives the PDF as the browser got it, which then shows it."""
        got: list[bytes] = []

        def pass_on(route: Route) -> None:
            answer = route.fetch(timeout=PATIENCE)
            assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), answer.url
            got.append(answer.body())
            route.fulfill(response=answer)

        self.page.route("**/*.pdf*", pass_on)
        self.press(zh, en)
        self.page.unroute("**/*.pdf*")
        [paper] = got
        return paper

    def main(self) -> Locator:
        """What the page is about."""
        return self.page.locator("main")

    def says(self, zh: str, en: str = "") -> None:
        """The page must show these words, now or once it has been drawn."""
        words, deadline = self.text(zh, en or zh), time.monotonic() + PATIENCE / 1000
        while words not in (shown := self.main().inner_text()):
            assert time.monotonic() < deadline, f"{words!r} is not on {self.page.url}:\n{shown}"
            self.page.wait_for_timeout(100)

    def look(self, name: str) -> None:
        """Check this kind of page, once a run in each language: accessible, no wider than a phone."""
        if (name, self.language) in _LOOKED_AT:
            return
        _LOOKED_AT.add((name, self.language))
        for width in (NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": 900})
            found = self._settled_width(width)
            assert found <= width, f"{self.page.url} ({name}) is {found} px wide at {width}"
            if width == _JUDGED_AT[self.language]:
                faults = judge_shown(self.page, script=self.script) + self._of_source()
                assert faults == [], f"{self.page.url} ({name}): {faults}"
            if PICTURES:
                picture = Path(PICTURES) / f"{name}-{self.language}-{width}.png"
                self.page.screenshot(path=picture, full_page=True)
        self.page.set_viewport_size({"width": self.width, "height": 900})
        assert self.complaints == []

    def _settled_width(self, width: int) -> int:
        """How wide the page is once letters that follow the window's width have followed it."""
        for _ in range(20):
            found: int = self.page.evaluate("document.documentElement.scrollWidth")
            if found <= width:
                break
            self.page.wait_for_timeout(50)
        return found

    def _of_source(self) -> list[object]:
        """Errors in the HTML of the page as the server sent it."""
        return [*NU.judge(self._sent.body())] if self._sent else []

    def close(self) -> None:
        """Leave; nothing may have been complained about."""
        self.context.close()
        assert self.complaints == []
