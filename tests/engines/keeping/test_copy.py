"""The static copy follows what is published, and nothing half written is ever in it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import Client
from structlog.testing import capture_logs
from tests.engines.sites.conftest import _chinese, editors  # noqa: F401 - fixtures

from yiwang.platform.environment import environment
from yiwang.platform.models import JournalEntry
from yiwang.portal.keeping import copied_pages, copy_files, copying
from yiwang.portal.keeping.copying import Copier
from yiwang.portal.keeping.models import Change
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft, a_picture

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SITE = "environment"


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The end of a request ends no transaction of a test, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def copied(copier: Copier) -> None:
    """Until nothing waits; what was noted is forgotten, since a test is one transaction."""
    copier.copy_changes(AT)
    Change.objects.all().delete()
    while copier.waiting:
        copier.copy_changes(AT)


def told() -> list[str]:
    """Why the copy stood still, as the journal has it; empty where it went on."""
    entries = JournalEntry.objects.filter(operation="keeping.copy.report").order_by("pk")
    return [one.detail["problem"] for one in entries]


def test_b38_a_folder_that_cannot_be_written_is_begun_again_and_withdrawn_pages_go(
    editors,  # noqa: F811
    own_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = copy_files.folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    copier = Copier()
    assert copier.copy_changes(AT) == 0
    assert told() == ["Not a directory"]
    folder.unlink()
    monkeypatch.setattr(copier, "_paused", 0.0)
    copied(copier)
    page = folder / "pages/_/sites/tianhe/news/first/index.html"
    assert page.is_file()
    assert told() == ["Not a directory", ""]

    def full(file: Path, body: bytes) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(copy_files, "write", full)
    number = api.find_page("tianhe", "news/first").link.id
    api.withdraw_page(actor=editors["tianhe"], at=AT, site="tianhe", page=number, words="有误")
    copier.copy_changes(AT)
    assert not page.exists()
    assert (folder / "pages/_/sites/tianhe/news/index.html").is_file()


def test_b38_the_copy_follows_publication_and_withdrawal(
    editors,  # noqa: F811
    own_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    actor, copier = editors[SITE], Copier()
    copied(copier)
    pages = copy_files.folder() / "pages" / "_"
    assert "environment第一条" in (pages / "sites/environment/news/first/index.html").read_text()
    for place in ("en/sites/tianhe/news", "sites/municipal/feed", "sites", "unavailable", "en/unavailable"):
        assert (pages / place / "index.html").is_file()
    assert (pages / "sites/tianhe/sitemap.xml").read_text().count("<url>") == 3
    assert (pages / "static/platform/mark.svg").is_file()
    far = pages / "sites/tianhe/news/first/index.html"
    written = far.stat().st_ino

    picture = api.keep_file(actor=actor, at=AT, site=SITE, upload=a_picture())
    body = (Part(kind="picture", file=picture, alt="河"), Part(kind="paragraph", text="良好。"))
    content = Content(title="水质公报", day=date(2026, 11, 20), body=body)
    page, revision = a_draft(actor, AT, SITE, address="water", content=content)
    api.publish_page(actor=actor, at=AT, site=SITE, page=page, revision=revision)
    kept = copy_files.write

    def full(file: Path, body: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(copy_files, "write", full)
    before = (pages / "sites/environment/index.html").read_bytes()
    with capture_logs() as lines:
        assert [copier.copy_changes(AT) for _ in range(3)] == [0, 0, 0]
    stopped = [one for one in lines if one["event"] == "keeping.copy_not_written"]
    assert [(one["problem"], one["waiting"] > 0) for one in stopped] == [("No space left on device", True)]
    assert told() == ["No space left on device"]
    assert (pages / "sites/environment/index.html").read_bytes() == before
    monkeypatch.setattr(copy_files, "write", kept)
    monkeypatch.setattr(copier, "_paused", 0.0)
    copied(copier)
    shown = ("sites/environment", "sites/environment/news", "sites/environment/news/water", "sites/municipal")
    assert all("水质公报" in (pages / place / "index.html").read_text() for place in shown)
    assert [one.name for one in (pages / f"sites/environment/files/{picture}").iterdir()] == ["index.jpg"]
    assert far.stat().st_ino == written
    assert told() == ["No space left on device", ""]

    api.withdraw_page(actor=actor, at=AT, site=SITE, page=page, words="有误")
    copied(copier)
    assert not any("水质公报" in (pages / place / "index.html").read_text() for place in (shown[0], shown[3]))
    assert not (pages / "sites/environment/news/water/index.html").exists()
    assert list((pages / f"sites/environment/files/{picture}").iterdir()) == []
    assert not list(pages.rglob(".[0-9a-f]*"))


def test_b38_the_copy_says_what_the_site_says(client: Client, editors) -> None:  # noqa: F811
    copied(Copier())
    for path in ("", "news/", "news/first/", "feed/", "feed/rss/", "sitemap.xml"):
        for language in ("", "/en", "/hant"):
            place = f"{language}/sites/municipal/{path}"
            live = client.get(place, headers={"host": urlsplit(environment().address()).netloc})
            assert copy_files.read("", place, "") == live.content, place
    assert "第一條" in (copy_files.read("", "/hant/sites/municipal/news/first/", "") or b"").decode()


def test_b38_a_whole_copy_goes_on_where_it_was_and_lets_fresh_pages_pass(
    editors,  # noqa: F811
    own_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []

    def noted(address: str) -> list[str]:
        made.append(address)
        return copy_address(address)

    copy_address = copied_pages.copy_address
    monkeypatch.setattr(copied_pages, "copy_address", noted)
    monkeypatch.setattr(copying, "_ROUND", 0.002)
    first = Copier()
    first.copy_changes(AT)
    whole = first.waiting
    Change.objects.all().delete()
    while len(made) < 5:
        first.copy_changes(AT)
    assert 0 < first.waiting < whole
    assert "unfinished" in copy_files.read_state()
    before, made[:] = list(made), []

    actor = editors[SITE]
    content = Content(title="水质公报", day=date(2026, 11, 20), body=(Part(kind="paragraph", text="良好。"),))
    page, revision = a_draft(actor, AT, SITE, address="water", content=content)
    api.publish_page(actor=actor, at=AT, site=SITE, page=page, revision=revision)
    second = Copier()  # the first one was killed
    second.copy_changes(AT)
    assert made == ["environment/news/water/"]
    copied(second)
    assert made[1:3] == ["environment/news/", "environment/"]
    assert "municipal/sitemap.xml" in before
    assert "municipal/sitemap.xml" not in made
    assert {"tianhe/sitemap.xml", "tianhe/news/first/"} <= set(made)
    assert "unfinished" not in copy_files.read_state()
    stray = copy_files.file_of("", "/hant/sites/tianhe/news/gone/")
    assert stray is not None
    copy_files.write(stray, b"deleted in the database")
    copied(Copier())
    assert stray.is_file()
    copy_files.write_state(**copy_files.read_state() | {"build": "of another day"})
    copied(Copier())
    assert not stray.exists()


def test_b38_a_page_that_fails_with_the_database_is_copied_later(
    editors,  # noqa: F811
    own_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copier, make = Copier(), copied_pages.copy_address
    copied(copier)
    pages, rows = copy_files.folder() / "pages" / "_", copying._rows
    content = Content(title="断库", day=date(2026, 11, 20), body=(Part(kind="paragraph", text="正文。"),))
    page, revision = a_draft(editors[SITE], AT, SITE, address="outage", content=content)
    api.publish_page(actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision)

    def failing(address: str) -> list[str]:
        raise RuntimeError(f"{address} answers 500")

    def gone(statement: str, params: dict[str, int]) -> object:
        if statement == "SELECT 1":
            raise OperationalError
        return rows(statement, params)

    monkeypatch.setattr(copied_pages, "copy_address", failing)
    monkeypatch.setattr(copying, "_rows", gone)
    with pytest.raises(OperationalError):
        copier.copy_changes(AT)
    monkeypatch.setattr(copied_pages, "copy_address", make)
    monkeypatch.setattr(copying, "_rows", rows)
    copied(copier)
    assert "断库" in (pages / "sites/environment/news/outage/index.html").read_text()
    assert "断库" in (pages / "sites/environment/news/index.html").read_text()
