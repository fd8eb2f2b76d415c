"""What pages load, after it was collected: named by content, packed, and whole."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

from yiwang.platform.web.page_files import NOT_SENT, PageFiles

pytestmark = pytest.mark.django_db
INIT = "platform/js/init.js"
NAMED = re.compile(r"/static/platform/js/init\.[0-9a-f]{12}\.js")


@pytest.fixture
def collected(settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SENT)
    return tmp_path


def test_files_are_named_by_their_content_and_name_each_other_so(collected: Path):
    init = staticfiles_storage.url(INIT)
    assert NAMED.fullmatch(init)
    script = (collected / init.removeprefix("/static/")).read_text()
    imported = re.findall(r'from "\./([^"]+)"', script)
    assert len(imported) > 3
    assert all(re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name) for name in imported)
    assert all((collected / "platform/js" / name).is_file() for name in imported)


def test_whoever_takes_packed_files_gets_them_and_keeps_them(collected: Path):
    address = staticfiles_storage.url(INIT)
    answer = Client().get(address, headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    said = b"".join(answer.streaming_content)
    assert gzip.decompress(said) == (collected / address.removeprefix("/static/")).read_bytes()


def test_before_they_are_collected_they_have_their_own_names(settings, tmp_path: Path):
    assert PageFiles(location=str(tmp_path)).stored_name(INIT) == INIT


def test_pages_are_packed_and_answers_to_programs_are_not():
    packed = Client().get("/account/login/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(packed.content)
    assert "Content-Encoding" not in Client().get("/account/login/").headers
    program = Client().get("/api/openapi.json", headers={"accept-encoding": "gzip"})
    assert program.status_code == 200
    assert "Content-Encoding" not in program.headers
