"""Public pages while the database is stopped or the worker is dead: what is out is read, what is off is not.

One city for all; its processes are started anew by nobody but the tests.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
import requests
from django.utils import timezone
from tests.faults.visitor import Visitor
from tests.live.children import ids_below
from tests.live.city import LiveCity, actor, live_city, without_database
from tests.live.waiting import wait_for

from yiwang.platform import sql as platform_sql
from yiwang.platform.models import JournalEntry, OutboxEntry
from yiwang.portal.keeping import copy_files
from yiwang.portal.proofs.models import PageProof
from yiwang.portal.search.models import Indexed
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.models import PageStep, PageTerms
from yiwang.portal.sites.operations import CARRY_OUT
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.terms import Terms
from yiwang.portal.sites.testing import a_draft, pass_reviews
from yiwang.portal.watching.models import PageOut

pytestmark = pytest.mark.faults
SITE, NEWS = "environment", "/sites/environment/news/"
#: For what a worker does by itself, which may have to be started first.
_PATIENCE = 180
#: What the publication of an article causes.
_ONCE = {"published": 1, "expired": 0, "withdrawn": 0, "carried out": 0, "proofs": 1, "days": 1, "found": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One that passed its reviews."""

    id: int
    revision: int
    title: str
    address: str


@pytest.fixture(scope="module")
def running(django_db_setup, django_db_blocker) -> Iterator[LiveCity]:
    with django_db_blocker.unblock(), live_city() as city:
        yield city


@pytest.fixture
def city(running: LiveCity, django_db_blocker) -> Iterator[LiveCity]:
    with running.acting(django_db_blocker):
        yield running
    if _worker(running) is None:
        running.children["worker"].start()


def _worker(city: LiveCity) -> int | None:
    process = city.children["worker"].process
    return process.pid if process is not None and process.poll() is None else None


def _kill_worker(city: LiveCity) -> None:
    process = city.children["worker"].process
    assert process is not None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _pids(city: LiveCity) -> set[int]:
    """Web and worker, with those that the web server started; the worker's own come and go."""
    pids = {name: child.process.pid for name, child in city.children.items() if child.process is not None}
    return {*pids.values(), *ids_below(pids["web"])}


def _article(name: str, title: str) -> Article:
    now = timezone.now()
    content = Content(
        title=title,
        title_en=f"Article {name}",
        day=timezone.localdate(),
        body=(Part(kind="paragraph", text=f"{title}的正文。"),),
        body_en=(Part(kind="paragraph", text="What it says."),),
    )
    page, revision = a_draft(actor("environment.editor"), now, SITE, address=name, content=content)
    pass_reviews(now, SITE, page)
    return Article(id=page, revision=revision, title=title, address=f"{NEWS}{name}/")


def _publish(article: Article) -> None:
    chief = actor("environment.publisher")
    api.publish_page(actor=chief, at=timezone.now(), site=SITE, page=article.id, revision=article.revision)


def _withdraw(article: Article) -> None:
    chief = actor("environment.publisher")
    api.withdraw_page(actor=chief, at=timezone.now(), site=SITE, page=article.id, words="有误")


def _get(city: LiveCity, path: str, **how: object) -> requests.Response:
    return requests.get(city.address + path, timeout=20, allow_redirects=False, **how)


def _copied(path: str) -> str:
    """What the copy has at an address; empty for nothing."""
    found = copy_files.read("", path, "")
    return found.decode() if found is not None else ""


def _counted(article: Article) -> Mapping[str, int]:
    """Everything that a publication or a withdrawal causes once."""
    steps = PageStep.objects.filter(page_id=article.id)
    carried_out = JournalEntry.objects.filter(operation=CARRY_OUT, outcome=JournalEntry.DONE)
    return {
        "published": steps.filter(kind="published").count(),
        "expired": steps.filter(kind="expired").count(),
        "withdrawn": steps.filter(kind="withdrawn").count(),
        "carried out": carried_out.filter(subject=f"page:{article.id}", detail__has_key="done").count(),
        "proofs": PageProof.objects.filter(page=article.id).count(),
        "days": PageOut.objects.filter(page=article.id).count(),
        "found": Indexed.objects.filter(address=article.address).count(),
    }


def _follow() -> None:
    """Until all that happened so far is in the copy; open transactions of the whole server hold it back."""
    [(now,)] = platform_sql.fetch("SELECT pg_current_xact_id()::text::bigint")
    wait_for("the copy", lambda: copy_files.position() > now, _PATIENCE)


def _is_quiet() -> bool:
    return not OutboxEntry.objects.exists()


def test_b38_published_pages_are_read_while_the_database_is_stopped_and_all_answers_again(city: LiveCity):
    read, unread, off = (_article(f"stopped-{n}", f"停库期间第{n}条") for n in (1, 2, 3))
    for article in (read, unread, off):
        _publish(article)
    for article in (read, unread, off):
        wait_for("its copy", lambda article=article: article.title in _copied(article.address), _PATIENCE)
    _withdraw(off)
    wait_for("its end in the copy", lambda: not _copied(off.address), _PATIENCE)
    _follow()
    before = {path: _get(city, path).text for path in (read.address, f"/en{read.address}", NEWS)}
    editor, desk = Visitor(city, "environment.editor"), f"/desk/sites/{SITE}/pages/{unread.id}/"
    hidden = editor.form(desk)
    processes = _pids(city)
    elsewhere = {
        off.address: "请稍后再试",
        f"/en{off.address}": "please try again later",
        "/search/?q=水": "刚才填写的内容没有提交，请稍后再试",
        "/en/search/?q=water": "What you filled in just now was not sent: please try again later.",
    }

    with without_database(city):
        # From the first moment on: nobody is told of a fault that is none of the pages'.
        until = time.monotonic() + 4
        while time.monotonic() < until:
            for path, text in before.items():
                answer = _get(city, path)
                assert (answer.status_code, answer.text == text) == (200, True), path
            for path, sentence in elsewhere.items():
                answer = _get(city, path)
                assert (answer.status_code, sentence in answer.text) == (503, True), (
                    path,
                    answer.text[-900:],
                )
                assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("60", "no-store")
        assert _get(city, "/account/login/").status_code == 503
        # Nobody had read it: it comes from the copy, as strict as ever.
        answer = _get(city, unread.address)
        assert (answer.status_code, unread.title in answer.text) == (200, True)
        assert (
            answer.headers["Content-Security-Policy"]
            == _get(city, read.address).headers["Content-Security-Policy"]
        )
        sent = editor.send(desk, {"title": "没有数据库"}, hidden)
        assert (sent.status_code, "没有提交" in sent.text) == (503, True)
        program = _get(city, "/api/v1/openapi.json")
        assert (program.status_code, program.headers["Content-Type"]) == (503, "application/problem+json")
        assert program.json()["detail"].keys() == {"zh", "en"}
        assert _get(city, "/healthz").status_code == 200
        assert _get(city, "/readyz").status_code == 503

    wait_for("the database", lambda: _get(city, "/account/login/").status_code == 200)
    assert _get(city, off.address).status_code == 404
    again = _article("stopped-4", "恢复以后第一条")
    _publish(again)
    wait_for("the list", lambda: again.title in _get(city, NEWS).text)
    wait_for("its copy", lambda: again.title in _copied(again.address), _PATIENCE)
    wait_for("its proof", lambda: _counted(again)["proofs"] == 1, _PATIENCE)
    assert _pids(city) == processes


def test_b27_a_worker_killed_about_an_order_carries_it_out_once(city: LiveCity):
    chance = random.Random(20_061_122)
    goes_out = [_article(f"ordered-{n}", f"定时发布第{n}条") for n in range(3)]
    comes_off = [_article(f"expiring-{n}", f"定时撤下第{n}条") for n in range(3)]
    for article in comes_off:
        _publish(article)
    for article in comes_off:
        wait_for("its copy", lambda article=article: article.title in _copied(article.address), _PATIENCE)
    wait_for("all consumers", _is_quiet, _PATIENCE)

    for out, off in zip(goes_out, comes_off, strict=True):
        when = timezone.now() + timedelta(seconds=5)  # both orders must be given before
        _order(out, Terms(publish_at=when))
        _order(off, Terms(withdraw_at=when))
        time.sleep(max(0.0, (when - timezone.now()).total_seconds() + chance.uniform(-0.1, 1.3)))
        _kill_worker(city)
        assert _get(city, "/readyz").status_code == 200
        city.children["worker"].start()
    wait_for(
        "the orders",
        lambda: not PageTerms.objects.exclude(publish_at=None, withdraw_at=None).exists(),
        _PATIENCE,
    )
    wait_for("all consumers", _is_quiet, _PATIENCE)
    for out, off in zip(goes_out, comes_off, strict=True):
        wait_for("its copy", lambda out=out: out.title in _copied(out.address), _PATIENCE)
        wait_for("its end in the copy", lambda off=off: not _copied(off.address), _PATIENCE)
        wait_for("the search", lambda out=out: _counted(out)["found"] == 1, _PATIENCE)
        wait_for("its end in the search", lambda off=off: _counted(off)["found"] == 0, _PATIENCE)

    once = _ONCE | {"carried out": 1}
    for out, off in zip(goes_out, comes_off, strict=True):
        assert (_counted(out), _counted(off)) == (once, once | {"expired": 1, "found": 0})
        assert (_get(city, out.address).status_code, _get(city, off.address).status_code) == (200, 404)
    articles, expected = (*goes_out, *comes_off), (True,) * 3 + (False,) * 3
    wait_for("the list", lambda: _lists(city, *articles) == expected)
    wait_for("its copy", lambda: tuple(each.title in _copied(NEWS) for each in articles) == expected)


def test_b27_what_goes_out_or_comes_off_without_a_worker_is_seen_at_once_and_made_up_once(city: LiveCity):
    out, off = _article("no-worker-1", "没有后台时发布"), _article("no-worker-2", "没有后台时撤下")
    _publish(off)
    wait_for("its copy", lambda: off.title in _copied(off.address), _PATIENCE)
    wait_for("all consumers", _is_quiet, _PATIENCE)
    assert (_get(city, off.address).status_code, _get(city, out.address).status_code) == (200, 404)
    _kill_worker(city)

    _publish(out)
    _withdraw(off)
    # by triggers: nobody else tells the web processes
    wait_for("what goes out", lambda: _get(city, out.address).status_code == 200)
    wait_for("what comes off", lambda: _get(city, off.address).status_code == 404)
    wait_for("the list", lambda: _lists(city, out, off) == (True, False))
    assert (_copied(out.address), off.title in _copied(off.address)) == ("", True)
    assert _counted(out) == _ONCE | {"proofs": 0, "days": 0, "found": 0}
    # What the copy still has is not given once the database is gone too.
    with without_database(city):
        assert _get(city, off.address).status_code == 503

    city.children["worker"].start()
    wait_for("the copy", lambda: out.title in _copied(out.address) and not _copied(off.address), _PATIENCE)
    wait_for("the search", lambda: (_counted(out)["found"], _counted(off)["found"]) == (1, 0), _PATIENCE)
    wait_for("all consumers", _is_quiet, _PATIENCE)
    assert (_counted(out), _counted(off)) == (_ONCE, _ONCE | {"withdrawn": 1, "found": 0})


def _order(article: Article, terms: Terms) -> None:
    chief = actor("environment.publisher")
    api.set_terms(
        actor=chief, at=timezone.now(), site=SITE, page=article.id, revision=article.revision, terms=terms
    )


def _lists(city: LiveCity, *articles: Article) -> tuple[bool, ...]:
    text = _get(city, NEWS).text
    return tuple(article.title in text for article in articles)
