"""The pages of loads and exports, and the parts of a large file over HTTP."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.engines.registers.test_intakes import GOOD, HEAD, entries, line

from yiwang.identity.testing import an_officer
from yiwang.registers.testing import apply_packs

from .conftest import APPLIED, PACKS


@pytest.fixture
def clerk(db):
    """In a city of the test's own: a file that was sent closes the connection and all begun on it."""
    apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue"], at=APPLIED)
    return an_officer("public_security")


def test_d10_a_large_file_is_sent_in_parts_over_http(desk):
    told = {
        "Upload-Length": str(len(GOOD)),
        "Upload-Metadata": "filename cGVvcGxlLmNzdg==",
        "Tus-Resumable": "1.0.0",
    }
    made = desk.post("/desk/registers/persons/load/parts/", headers=told)
    assert (made.status_code, made["Tus-Resumable"]) == (201, "1.0.0")
    place = made["Location"]

    def patch(offset: int, content: bytes):
        return desk.patch(
            place,
            content,
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(offset)},
        )

    first = patch(0, GOOD[:40])
    assert (first.status_code, first["Upload-Offset"]) == (204, "40")
    assert patch(0, GOOD).status_code == 409
    assert desk.patch(place, b"x", headers={"Upload-Offset": "40"}).status_code == 415
    asked = desk.head(place)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("40", str(len(GOOD)))
    assert patch(40, GOOD[40:])["Upload-Offset"] == str(len(GOOD))

    page = desk.get(place.removesuffix("parts/"))
    assert (page.status_code, entries()) == (200, 3)
    assert "共 3 行，导入 3 行" in page.content.decode()


def test_d10_the_page_asks_what_columns_are(desk):
    content = "\n".join(["身份证,名字,性别代码,出生,户籍,备注", line(1)]).encode()
    upload = SimpleUploadedFile("people.csv", content)

    page = desk.post(
        "/desk/registers/persons/load/", {"file": upload, "on_bad_rows": "refuse_all"}, follow=True
    )
    assert "请指明每一列对应的字段" in page.content.decode()
    columns = {f"column{place}": name for place, name in enumerate([*HEAD.split(",")[:5], "-"])}
    done = desk.post(page.request["PATH_INFO"], columns, follow=True)

    assert (done.status_code, entries()) == (200, 1)


def test_d41_an_export_is_asked_for_and_fetched_on_pages(desk, person):
    asked = {"form": "csv", "reason": "年度核对"}
    refused = desk.post("/desk/registers/persons/export/", {"form": "csv", "reason": ""})
    assert refused.status_code == 422
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reg.persons")

    page = desk.post("/desk/registers/persons/export/", asked, follow=True)

    address = page.request["PATH_INFO"]
    file = desk.get(f"{address}file")
    assert (file.status_code, file["Content-Type"]) == (200, "text/csv")
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0].split(",")[0]) == (2, "id_number")
    file.close()
