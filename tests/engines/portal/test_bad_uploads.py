"""Uploads that nobody should send: each is named with its reason at its field, and nothing of it is kept."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import RequestFactory

from yiwang.cases.models import Draft
from yiwang.platform.environment import environment
from yiwang.platform.http.uploads import MOST_BYTES, BoundedUploadHandler, is_full
from yiwang.platform.models import StoredFile
from yiwang.portal.testing import PDF, PNG, a_businessman, a_file, applied, begin

pytestmark = pytest.mark.django_db
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;&x;</text></svg>'
)
BAD = {
    "cut off": ("报告.pdf", PDF[:-8], ("不完整或已损坏", "damaged or cut off")),
    "a picture that is called a document": ("图.pdf", PNG, ("与文件名后缀“.pdf”不符", "ends with (“.pdf”)")),
    "a program": ("安装.pdf", b"MZ\x90\x00" + b"\0" * 500, ("识别为", "this is")),
    "a document that is called a program": ("发票.pdf.exe", PDF, ("与文件名后缀“.exe”不符", "“.exe”")),
    "a page": ("页面.png", b"<html><script>alert(1)</script></html>", ("识别为", "this is")),
    "a drawing with entities": ("图.svg", LAUGHS, ("识别为", "this is")),
    "empty": ("空.pdf", b"", ("识别为空文件", "this is an empty file")),
    "too large": ("大.pdf", PDF + b"\n" * 21_000_000 + b"%%EOF", ("21.0 MB", "21.0 MB")),
}


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files of this test only: others beside it store theirs."""
    monkeypatch.setenv("YIWANG_VAR", str(tmp_path))
    environment.cache_clear()
    yield
    environment.cache_clear()


def on_disk() -> set[Path]:
    return {path for path in (environment().var / "files").rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", sorted(BAD))
def test_it_is_refused_with_its_reason(case: str, language: str):
    name, content, reasons = BAD[case]
    who = a_businessman()
    address, before = begin(who), on_disk()
    path = ("/en" if language == "en" else "") + f"{address}papers/site_plan/"

    answer = who.client.post(path, {"files": [a_file(name, content)]})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert 'href="#q-files"' in html
    assert reasons[language == "en"] in html
    assert name in html
    assert not StoredFile.objects.exists()
    assert Draft.objects.get().files == {}
    assert on_disk() == before


def test_no_more_than_ten_are_kept():
    who = a_businessman()
    address = begin(who)
    files = [a_file(f"{n}.pdf", PDF + f"% {n}\n".encode()) for n in range(12)]

    answer = who.client.post(f"{address}papers/site_plan/", {"files": files})

    assert answer.status_code == 422
    assert "每项最多10个文件，多出的没有保存" in answer.content.decode()
    assert StoredFile.objects.count() == 10
    assert len(Draft.objects.get().files) == 10


def test_a_flood_of_files_is_refused_whole():
    who = a_businessman()
    address, before = begin(who), on_disk()

    answer = who.client.post(
        f"{address}papers/site_plan/", {"files": [a_file(f"{n}.pdf") for n in range(101)]}
    )

    assert answer.status_code == 400
    assert "请求有误" in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert Draft.objects.get().files == {}
    assert on_disk() == before


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ('"><script>alert(1)</script>.pdf', "script.pdf"),
        ("报告\u202efdp.exe.pdf", "报告fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a"),
        ("长" * 240 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_hostile_name_does_no_harm(name: str, kept: str):
    who = a_businessman()
    address, before = begin(who), on_disk()
    upload = SimpleUploadedFile("x.pdf", PDF)
    upload._name = name

    answer = who.client.post(f"{address}papers/site_plan/", {"files": [upload], "add": "1"}, follow=True)

    assert answer.status_code == 200
    stored = StoredFile.objects.get()
    assert stored.name == kept
    assert "<script>alert(1)" not in answer.content.decode()
    assert all(path.is_relative_to(environment().var / "files") for path in on_disk() - before)
    sent = who.client.get(f"{address}files/{stored.pk}/")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Type"] == "application/pdf"
    assert "\n" not in sent.headers["Content-Disposition"]
    for close in sent._resource_closers:
        close()


def test_one_bad_file_of_a_message_keeps_none():
    who, case_id = applied()
    before = StoredFile.objects.count()

    answer = who.client.post(
        f"/space/cases/{case_id}/message/",
        {"body": "见附件", "files": [a_file("好.pdf", PDF + b"%1\n"), a_file("坏.pdf", PDF[:20])]},
    )

    assert answer.status_code == 422
    assert StoredFile.objects.count() == before


def test_the_rest_of_an_endless_file_is_counted_and_not_kept(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    handler = BoundedUploadHandler()
    handler.new_file("files", "大.pdf", "application/pdf", None)
    chunk, size = b"x" * 10_000_000, 0
    while size < 3 * MOST_BYTES:
        handler.receive_data_chunk(chunk, size)
        size += len(chunk)

    upload = handler.file_complete(size)

    assert upload.size == size
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= MOST_BYTES
    upload.close()


def test_a_disk_that_runs_full_on_the_way_in_is_noted(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    handler = BoundedUploadHandler()
    handler.new_file("files", "大.pdf", "application/pdf", None)

    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    handler.file.close()
    handler.file.file = Full()
    assert handler.receive_data_chunk(b"x" * 100, 0) is None

    upload = handler.file_complete(100)

    assert is_full(upload)
    assert upload.size == 100


def test_small_files_stay_in_memory():
    request = RequestFactory().post("/", {"files": a_file()})

    assert isinstance(request.upload_handlers[0], MemoryFileUploadHandler)
    assert isinstance(request.upload_handlers[1], BoundedUploadHandler)
