"""What an upload is by its bytes, and what gives a bad one away."""

from __future__ import annotations

import io
import zipfile

import pytest

from yiwang.platform.file_content import (
    DAMAGED,
    LEADS_OUTSIDE,
    UNPACKS_TOO_FAR,
    fault_in,
    kind_of,
    misnamed,
    read_kind,
)
from yiwang.portal.testing import PDF, PNG


def a_package(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return out.getvalue()


def fault(content: bytes, kind: str) -> object:
    stream = io.BytesIO(content)
    found = fault_in(stream, kind, len(content))
    assert stream.tell() == 0
    return found


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (b"MZ\x90\x00", "unknown"),
        (b"", "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
    ],
)
def test_the_kind_is_read_from_the_bytes(content: bytes, kind: str):
    found = kind_of(content)

    assert found == kind or (kind in {"unknown", "svg"} and found not in {"pdf", "png", "jpg", "zip"})
    assert read_kind(io.BytesIO(content)) == found


@pytest.mark.parametrize("name", ["报告.pdf", "报告.PDF", "报告", "a.b.pdf", "空格 .pdf "])
def test_a_name_that_fits(name: str):
    assert misnamed(name, "pdf") is None


@pytest.mark.parametrize("name", ["报告.png", "发票.pdf.exe", "x.html", "x.jpeg", "x.pd\u202ef"])
def test_a_name_that_promises_something_else(name: str):
    found = misnamed(name, "pdf")

    assert found is not None
    assert found.en.startswith("PDF, which is not what its name ends with")


def test_a_photograph_may_be_named_either_way():
    assert (misnamed("照片.jpeg", "jpg"), misnamed("照片.JPG", "jpg")) == (None, None)


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (PNG, "png")])
def test_what_was_cut_off_is_damaged(content: bytes, kind: str):
    assert fault(content, kind) is None
    assert fault(content + b"\n" * 100, kind) is None
    assert fault(content[:40], kind) == DAMAGED
    assert fault(content + b"\0" * 5000, kind) == DAMAGED


def test_a_package_that_is_sound():
    assert fault(a_package({"word/document.xml": b"<w/>" * 1000, "图/1.png": PNG}), "docx") is None


def test_a_package_that_unpacks_to_far_too_much():
    bomb = a_package({f"{n}.txt": b"\0" * 20_000_000 for n in range(4)})

    assert len(bomb) < 200_000
    assert fault(bomb, "zip") == UNPACKS_TOO_FAR
    assert fault(bomb, "xlsx") == UNPACKS_TOO_FAR


def test_a_package_of_countless_parts():
    assert fault(a_package({f"{n}": b"" for n in range(10_001)}), "zip") == UNPACKS_TOO_FAR


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\x", "C:\\x"])
def test_a_package_whose_paths_lead_outside(name: str):
    assert fault(a_package({name: b"x"}), "zip") == LEADS_OUTSIDE


def test_a_package_that_is_none():
    assert fault(b"PK\x03\x04" + b"\0" * 100, "docx") == DAMAGED
    assert fault(a_package({"a": b"x" * 100})[:-10], "zip") == DAMAGED
