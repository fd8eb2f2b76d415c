"""Somebody at the pages of a running city, by a program instead of a browser; what such people hand in."""

from __future__ import annotations

import re

import requests
from django.utils import timezone
from tests.live.city import PASSWORD, LiveCity
from tests.live.papers import a_pdf

from yiwang.platform.files import keep

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="(\d+)"')


class Visitor:
    """Somebody who is signed in, at a program instead of a browser."""

    def __init__(self, city: LiveCity, username: str, language: str = "zh") -> None:
        self.address = city.address + ("/en" if language == "en" else "")
        self.session = requests.Session()
        self.send("/account/login/", {"login": username, "password": PASSWORD})

    def read(self, path: str) -> str:
        """The page."""
        answer = self.session.get(self.address + path, timeout=120)
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def form(self, path: str) -> dict[str, str]:
        """What the form of a page carries along unseen."""
        text = self.read(path)
        hidden = {"csrfmiddlewaretoken": _TOKEN.findall(text)[0]}
        versions = _VERSION.findall(text)
        return hidden | ({"version": versions[0]} if versions else {})

    def send(
        self, path: str, said: dict[str, str], hidden: dict[str, str] | None = None
    ) -> requests.Response:
        """Send a form; without ``hidden`` it is looked at first."""
        data = (self.form(path) if hidden is None else hidden) | said
        return self.session.post(self.address + path, data=data, timeout=120, allow_redirects=False)

    def upload(self, path: str, *files: tuple[str, bytes], name: str = "files") -> requests.Response:
        """Send files in the form of a page."""
        return self.session.post(
            self.address + path,
            data=self.form(path),
            files=[(name, (called, content, "application/pdf")) for called, content in files],
            timeout=120,
            allow_redirects=False,
        )


def a_paper() -> int:
    """A stored file of one page."""
    content = a_pdf()["buffer"]
    assert isinstance(content, bytes)
    return keep(content, name="证明.pdf", media_type="application/pdf", owner="test", at=timezone.now()).pk
