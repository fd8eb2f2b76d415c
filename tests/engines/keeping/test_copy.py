"""The static copy follows what is published, and nothing half written is ever in it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from tests.engines.sites.conftest import _chinese, editors  # noqa: F401 - fixtures

from yiwang.portal.keeping import copy_files
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
    while copier._waiting or copier._sites or copier._taken_up:
        copier.copy_changes(AT)


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
    assert copier.copy_changes(AT) == 0
    assert (pages / "sites/environment/index.html").read_bytes() == before
    monkeypatch.setattr(copy_files, "write", kept)
    copied(copier)
    shown = ("sites/environment", "sites/environment/news", "sites/environment/news/water", "sites/municipal")
    assert all("水质公报" in (pages / place / "index.html").read_text() for place in shown)
    assert [one.name for one in (pages / f"sites/environment/files/{picture}").iterdir()] == ["index.jpg"]
    assert far.stat().st_ino == written

    api.withdraw_page(actor=actor, at=AT, site=SITE, page=page, words="有误")
    copied(copier)
    assert not any("水质公报" in (pages / place / "index.html").read_text() for place in (shown[0], shown[3]))
    assert not (pages / "sites/environment/news/water/index.html").exists()
    assert list((pages / f"sites/environment/files/{picture}").iterdir()) == []
    assert not list(pages.rglob(".[0-9a-f]*"))
