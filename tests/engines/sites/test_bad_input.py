"""What editors send that harms, is too large, too long or there already: said where, nothing changed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from yiwang.identity.testing import sign_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import UploadRefused
from yiwang.platform.files import read
from yiwang.platform.models import StoredFile
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import AddressTaken, Content
from yiwang.portal.sites.models import SiteFile, SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SITE = "environment"
SCRIPT = "<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><script>x()</script><rect/></svg>'


def bomb() -> bytes:
    """A word-processor file of some kilobytes that unpacks to 80 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"\0" * 80_000_000)
    return packed.getvalue()


def test_b27_a_drawing_is_kept_without_what_runs(client: Client, editors, own_folder):
    sign_in(client, editors[SITE])
    files = reverse("site_desk:files", args=[SITE])
    assert client.post(files, {"file": SimpleUploadedFile("plan.svg", SVG)}).status_code == 302

    row = SiteFile.objects.latest("pk")
    assert (row.is_picture, row.width, row.height) == (True, 40, 20)
    assert row.stored.media_type == "image/svg+xml"
    assert b"script" not in read(row.stored)
    shown = client.get(reverse("site_desk:own_file", args=[SITE, row.pk]))
    assert b"<rect" in b"".join(shown.streaming_content)
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.svg", b'<!DOCTYPE svg [<!ENTITY a "a">]><svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("plan.png", SVG),
        ("plan.svg", b"%PDF-1.4\n%%EOF\n"),
        ("report.docx", bomb()),
        ("report.pdf", b"%PDF-1.4\n" + b"0" * 3000),
        ("page.html", b"<html><body>x</body></html>"),
    ],
)
def test_b27_files_that_harm_are_refused_with_the_reason(client: Client, editors, own_folder, name, content):
    sign_in(client, editors[SITE])
    before = StoredFile.objects.count()

    refused = client.post(
        reverse("site_desk:files", args=[SITE]), {"file": SimpleUploadedFile(name, content)}
    )

    assert refused.status_code == 422
    assert "不能接收这个文件" in refused.content.decode()
    assert StoredFile.objects.count() == before
    with pytest.raises(UploadRefused):
        api.keep_file(actor=editors[SITE], at=AT, site=SITE, upload=SimpleUploadedFile(name, content))


def test_b27_script_in_every_field_stays_text(client: Client, editors):
    actor = editors[SITE]
    names = ("author", "source", "issuer", "index_number", "document_number")
    body = (
        Part(kind="heading", text=SCRIPT),
        Part(kind="paragraph", text=f"{SCRIPT} [x](javascript:alert(1))"),
        Part(kind="table", text=f"{SCRIPT} | b\n{SCRIPT} | d", caption=SCRIPT),
    )
    content = Content(
        title=SCRIPT,
        title_en=SCRIPT,
        summary=SCRIPT,
        summary_en=SCRIPT,
        day=date(2026, 11, 20),
        details=dict.fromkeys(names, SCRIPT),
        body=body,
        body_en=body,
    )
    page, revision = a_draft(actor, AT, SITE, address="script", content=content)
    api.publish_page(actor=actor, at=AT, site=SITE, page=page, revision=revision)
    sign_in(client, actor)

    for address in (
        "/sites/environment/news/script/",
        "/sites/environment/",
        "/sites/environment/news/",
        *(
            reverse(f"site_desk:{name}", args=[SITE, page])
            for name in ("edit", "edit_english", "review", "versions")
        ),
        reverse("site_desk:pages", args=[SITE]),
    ):
        for prefix in ("", "/en"):
            shown = client.get(prefix + address).content.decode()
            assert "&lt;script&gt;alert(1)" in shown, address
            assert "<script>alert(1)" not in shown, address
            assert 'href="javascript' not in shown, address


def test_b27_what_is_too_long_is_told_at_its_question(editors):
    actor = editors[SITE]
    page, revision = a_draft(actor, AT, SITE, address="long", content=Content(title="短"))
    before = api.get_draft(actor, SITE, page)
    long = replace(
        before.content,
        title="长" * 256,
        summary="长" * 501,
        body=(Part(kind="heading", text="长" * 101), Part(kind="paragraph", text="长" * 20_001)),
    )

    with pytest.raises(InvalidInput) as refused:
        api.save_page(actor=actor, at=AT, site=SITE, page=page, revision=revision, content=long)

    paths = [one.path for one in refused.value.problems]
    assert paths == ["title", "summary", "body.0.text", "body.1.text"]
    assert api.get_draft(actor, SITE, page) == before


def test_b27_two_pages_of_one_address_are_told_at_the_address(client: Client, editors):
    actor = editors[SITE]
    a_draft(actor, AT, SITE, address="taken", content=Content(title="先到"))
    column = api.find_page(SITE, "news").link.id
    sign_in(client, actor)
    before = SitePage.objects.count()

    refused = client.post(
        reverse("site_desk:begin", args=[SITE, column, "article"]), {"title": "后到", "address": "taken"}
    )

    assert refused.status_code == 409
    assert "地址“taken”已经有页面，请换一个。" in refused.content.decode()
    assert 'value="后到"' in refused.content.decode()
    assert SitePage.objects.count() == before
    with pytest.raises(AddressTaken):
        api.begin_page(
            actor=actor, at=AT, site=SITE, parent=column, kind="article", address="taken", title="又到"
        )
