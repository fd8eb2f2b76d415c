"""The gate by the rules of the city, and what is known of outside links."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from yiwang.kernel.errors import InvalidInput
from yiwang.packs.models import AppliedDefinition
from yiwang.portal.publishing.api import link_states, want_links
from yiwang.portal.publishing.link_loop import record, try_due
from yiwang.portal.publishing.models import OutsideLink
from yiwang.portal.publishing.rules.trying import Answer
from yiwang.portal.publishing.trying import try_address
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SITE = "environment"
LINK = "https://outside.example/page"


class _Far(BaseHTTPRequestHandler):
    """Somebody else's server: pages by the number in their path, and ways on."""

    def do_GET(self) -> None:
        where = self.path.removeprefix("/to/")
        self.send_response(302 if where != self.path else int(self.path[1:4]))
        if where != self.path:
            self.send_header("Location", where)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def far() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Far)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_b29_an_outside_address_is_tried_without_reaching_what_only_this_server_reaches(far):
    inside = "127.0.0.0/8"
    tried = {
        way: try_address(f"{far}/{way}", allowed=inside)
        for way in ("200", "404", "403", "503", "to//404", "to/http://[::1]/200", "to/http://10.0.0.1/")
    }
    assert {way: (answer.status, answer.problem) for way, answer in tried.items()} == {
        "200": (200, ""),
        "404": (404, "gone"),
        "403": (403, ""),
        "503": (503, "broken"),
        "to//404": (404, "gone"),
        "to/http://[::1]/200": (None, "not_allowed"),
        "to/http://10.0.0.1/": (None, "not_allowed"),
    }
    assert try_address(f"{far}/200") == Answer(problem="not_allowed")
    assert try_address("http://user@localhost:1/", allowed="127.0.0.0/8,::1") == Answer(problem="silent")


def test_b29_one_address_a_host_is_tried_in_one_go(far, editors, monkeypatch):
    monkeypatch.setattr("yiwang.portal.publishing.link_loop.environment", lambda: _Allowing)
    urls = [f"{far}/200", f"{far}/404", "mailto:a@b.example", "/sites/x/", f"{far}/{'9' * 2000}"]
    assert want_links(actor=editors[SITE], at=AT, urls=urls) == 2
    assert [try_due(AT), try_due(AT + timedelta(seconds=5)), try_due(AT + timedelta(seconds=15))] == [1, 0, 1]
    known = link_states(urls, failed_tries=1)
    assert {url: state.leads for url, state in known.items()} == {urls[0]: True, urls[1]: False}
    assert try_due(AT + timedelta(hours=5)) == 0
    assert try_due(AT + timedelta(hours=7)) == 1
    assert OutsideLink.objects.get(url=urls[1]).failures == 2


class _Allowing:
    callback_networks = "127.0.0.0/8"


def test_b29_a_link_that_failed_twice_keeps_the_page_in_and_once_does_not(editors):
    body = (Part(kind="heading", text="说明"), Part(kind="paragraph", text=f"见[全国平台]({LINK})。"))
    content = Content(title="通知", day=date(2026, 11, 20), body=body)
    page, revision = a_draft(editors[SITE], AT, SITE, address="dead", content=content)
    want_links(actor=editors[SITE], at=AT, urls=[LINK])
    row = OutsideLink.objects.get(url=LINK)
    record(row, Answer(problem="silent"), at=AT)
    assert api.findings(editors[SITE], SITE, page, on=AT.date()) == ()
    record(row, Answer(status=404, problem="gone"), at=AT)

    [found] = api.findings(editors[SITE], SITE, page, on=AT.date())
    assert (found.blocks, found.where.zh, found.where.en) == (True, "第2段", "part 2")
    with pytest.raises(InvalidInput):
        api.publish_page(actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision)
    record(row, Answer(status=200), at=AT)
    api.publish_page(actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision)


def test_b29_the_city_says_what_blocks_and_brings_its_words(editors):
    rules = {
        "code": "city",
        "title": {"zh": "规则", "en": "Rules"},
        "basis": {"zh": "办法", "en": "Rule"},
        "gate": {"severities": {"mistyped_word": "blocking"}},
        "words": {"mistyped": [{"wrong": "大听", "right": "大厅", "source": "本市"}]},
    }
    AppliedDefinition.objects.create(
        kind="publishing", code="city", pack="city", digest="0" * 64, content=rules, applied_at=AT
    )
    content = Content(title="办事大听", day=date(2026, 11, 20), body=(Part(kind="paragraph", text="按装"),))
    page, _ = a_draft(editors[SITE], AT, SITE, address="words", content=content)
    found = api.findings(editors[SITE], SITE, page, on=AT.date())
    assert [(one.where.zh, one.blocks) for one in found] == [("标题", True), ("第1段", True)]
