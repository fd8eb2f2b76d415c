"""The disk of the files runs full under a running city: a clear sentence, nothing half done, later made up.

The files lie on a file system of two megabytes of their own, which needs root; a test that only pretends
stands beside the uploads (``tests/engines/portal/test_bad_uploads.py``).
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.faults.visitor import Visitor, a_paper
from tests.live.city import LiveCity, actor, live_city
from tests.live.papers import a_pdf
from tests.live.residence import RESIDENCE
from tests.live.waiting import wait_for

from yiwang.cases import api
from yiwang.cases.contracts import GivenMaterial, SupplementItem
from yiwang.cases.models import Draft, Letter
from yiwang.platform.files import path_of
from yiwang.platform.models import JournalEntry, OutboxEntry, StoredFile
from yiwang.portal.proofs.models import PageProof
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.models import PageStep, SiteFile, SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft, pass_reviews

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a file system of two megabytes"),
]
_LEFT = 6_000


@pytest.fixture(scope="module")
def running(django_db_setup, django_db_blocker) -> Iterator[LiveCity]:
    with django_db_blocker.unblock(), live_city() as city:
        files, aside = city.var / "files", city.var / "files-before"
        files.mkdir(exist_ok=True)
        shutil.copytree(files, aside)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(files)], capture_output=True, check=False
        )
        if mounted.returncode != 0:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
        shutil.copytree(aside, files, dirs_exist_ok=True)
        yield city
        subprocess.run(["umount", "-l", str(files)], check=True)


@pytest.fixture
def city(running: LiveCity, django_db_blocker) -> Iterator[LiveCity]:
    with running.acting(django_db_blocker):
        yield running


def _fill(files: Path) -> Path:
    """Leave room for next to nothing."""
    filler = files / "filler"
    filler.write_bytes(b"\0" * (shutil.disk_usage(files).free - _LEFT))
    return filler


def _held(files: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in files.rglob("*") if path.is_file()}


def _large_pdf(mark: str) -> bytes:
    content = a_pdf()["buffer"]
    assert isinstance(content, bytes)
    return content.replace(b"trailer", f"% {mark}\n".encode() + b"%" + b"x" * 200_000 + b"\ntrailer")


def a_noisy_picture() -> bytes:
    """One of a hundred thousand bytes, however it is drawn anew."""
    written = io.BytesIO()
    Image.effect_noise((600, 400), 90).convert("RGB").save(written, "JPEG", quality=95)
    return written.getvalue()


def test_an_upload_without_room_is_told_and_leaves_nothing(city: LiveCity):
    files = city.var / "files"
    draft = api.save_draft(
        actor=actor("chen"), at=timezone.now(), type_code="residence_certificate", answers=RESIDENCE
    )
    path = f"/apply/{draft.id}/papers/residence_proof/"
    filler = _fill(files)
    before, rows = _held(files), StoredFile.objects.count()

    for language, sentence in (
        ("zh", "服务器存储空间不足，文件没有保存，请稍后再试。"),
        ("en", "The server has no room left. The file was not saved; please try again later."),
    ):
        person = Visitor(city, "chen", language)
        answer = person.upload(
            path, ("小.pdf", _large_pdf("s")[:600] + b"%%EOF"), ("大.pdf", _large_pdf("l"))
        )
        assert answer.status_code == 507
        assert sentence in answer.text
        assert StoredFile.objects.count() == rows
        assert Draft.objects.get(pk=draft.id).files == {}
        # The small one may lie there whole, as nobody's; nothing was left in pieces.
        assert all(Path(name).name.startswith(".") is False for name in _held(files))
        assert all(
            hashlib.sha256(Path(name).read_bytes()).hexdigest() == Path(name).name
            for name in _held(files).keys() - before.keys()
        )

    filler.unlink()
    assert Visitor(city, "chen").upload(path, ("大.pdf", _large_pdf("l"))).status_code == 302
    assert list(Draft.objects.get(pk=draft.id).files) == ["residence_proof"]
    stored = StoredFile.objects.get(pk=Draft.objects.get(pk=draft.id).files["residence_proof"])
    assert path_of(stored).read_bytes() == _large_pdf("l")


def test_a_letter_that_found_no_room_is_made_later_once(city: LiveCity):
    files = city.var / "files"
    opened = api.open_case(
        actor=actor("chen"),
        at=timezone.now(),
        type_code="residence_certificate",
        answers=RESIDENCE,
        materials=[GivenMaterial(key="residence_proof", file_id=a_paper())],
    )
    filler = _fill(files)
    rows = StoredFile.objects.count()
    api.request_supplement(
        actor=actor("civil_affairs.handler"),
        at=timezone.now(),
        case_id=opened.case_id,
        items=(SupplementItem(path="address", what="请写明门牌号"),),
    )
    letter = Letter.objects.get(case_id=opened.case_id)
    jobs = ProcrastinateJob.objects.filter(task_name="yiwang.cases.make_letter", args__letter_id=letter.pk)

    wait_for("the first try", lambda: jobs.filter(attempts__gte=1, status="todo").exists())

    letter.refresh_from_db()
    assert (letter.made_at, letter.file_id) == (None, None)
    assert StoredFile.objects.count() == rows
    assert not [name for name in _held(files) if Path(name).name.startswith(".")]
    applicant = Visitor(city, "chen")
    assert applicant.session.get(f"{applicant.address}/space/cases/{opened.case_id}/", timeout=20).ok

    filler.unlink()
    wait_for("the letter", lambda: Letter.objects.filter(pk=letter.pk, made_at__isnull=False).exists(), 300)

    letter.refresh_from_db()
    stored = StoredFile.objects.get(pk=letter.file_id)
    assert hashlib.sha256(path_of(stored).read_bytes()).hexdigest() == stored.sha256
    assert StoredFile.objects.count() == rows + 1
    # Done jobs are deleted.
    wait_for("the job's end", lambda: not jobs.exists())


def test_an_editor_without_room_is_told_and_nothing_is_kept_or_goes_out(city: LiveCity):
    files, desk = city.var / "files", "/desk/sites/environment/"
    picture = a_noisy_picture()
    filler = _fill(files)
    before, rows = _held(files), (StoredFile.objects.count(), SiteFile.objects.count())
    for language, sentence in (
        ("zh", "服务器存储空间不足，文件没有保存，请稍后再试。"),
        ("en", "The server has no room left. The file was not saved; please try again later."),
    ):
        answer = Visitor(city, "environment.editor", language).upload(
            f"{desk}files/", ("河.jpg", picture), name="file"
        )
        assert (answer.status_code, sentence in answer.text) == (422, True)
        assert (_held(files), (StoredFile.objects.count(), SiteFile.objects.count())) == (before, rows)
    filler.unlink()
    kept = Visitor(city, "environment.editor").upload(f"{desk}files/", ("河.jpg", picture), name="file")
    assert (kept.status_code, SiteFile.objects.count()) == (302, rows[1] + 1)


def test_a_publication_that_finds_the_database_full_is_told_and_leaves_nothing(city: LiveCity):
    now = timezone.now()
    content = Content(
        title="没有空间", day=timezone.localdate(), body=(Part(kind="paragraph", text="正文。"),)
    )
    page, revision = a_draft(
        actor("environment.editor"), now, "environment", address="no-room", content=content
    )
    pass_reviews(now, "environment", page)
    desk, said = f"/desk/sites/environment/pages/{page}/", {"_revision": str(revision)}
    subject = f"page:{page}"
    before = _standing(page, subject)
    # What PostgreSQL says when a table cannot grow (53100); the test's disk is everybody's.
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING"
            " ERRCODE = '53100', MESSAGE = 'could not extend file'; END $$;"
            "CREATE TRIGGER no_room BEFORE INSERT ON sites_pagestep FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
    for language, sentence in (
        ("zh", "服务器存储空间不足，刚才的操作没有执行，请稍后再试。"),
        ("en", "The server has no room left. What you asked was not done; please try again later."),
    ):
        chief = Visitor(city, "environment.publisher", language)
        answer = chief.send(f"{desk}publish/", said, chief.form(f"{desk}review/"))
        assert (answer.status_code, sentence in answer.text) == (507, True)
        assert _standing(page, subject) == before
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER no_room ON sites_pagestep; DROP FUNCTION no_room()")
    chief = Visitor(city, "environment.publisher")
    assert chief.send(f"{desk}publish/", said, chief.form(f"{desk}review/")).status_code == 302
    assert SitePage.objects.get(pk=page).live
    wait_for("its proof", lambda: PageProof.objects.filter(page=page).count() == 1)


def _standing(page: int, subject: str) -> tuple[object, ...]:
    row = SitePage.objects.get(pk=page)
    steps = PageStep.objects.filter(page_id=page).count()
    journal = JournalEntry.objects.filter(subject=subject).count()
    return row.live, row.live_revision_id, steps, journal, OutboxEntry.objects.filter(subject=subject).count()
