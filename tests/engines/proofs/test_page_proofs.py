"""What a published page said is proven by a time stamp that openssl verifies."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client
from tests.engines.sites.conftest import _chinese, editors  # noqa: F401 - fixtures

from yiwang.platform import outbox
from yiwang.portal.proofs import api
from yiwang.portal.proofs.models import PageProof
from yiwang.portal.sites import api as sites
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.models import ArticlePage, SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft

pytestmark = pytest.mark.django_db
SITE = "environment"


def article(text: str) -> Content:
    return Content(title="水质公报", day=date(2026, 11, 20), body=(Part(kind="paragraph", text=text),))


def openssl(folder: Path, data: str, answer: str) -> str:
    words = ["openssl", "ts", "-verify", "-data", data, "-in", answer, "-CAfile", "root.pem"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout + done.stderr


def published(editor, text: str, page: int = 0) -> int:
    at = datetime.now(tz=UTC)
    if page:
        before = sites.get_draft(editor, SITE, page).revision
        revision = sites.save_page(
            actor=editor, at=at, site=SITE, page=page, revision=before, content=article(text)
        )
    else:
        page, revision = a_draft(editor, at, SITE, address="water", content=article(text))
    sites.publish_page(actor=editor, at=at, site=SITE, page=page, revision=revision)
    outbox.deliver(at=at)
    return page


def test_b39_openssl_verifies_the_stamp_of_what_a_page_says(client: Client, editors, own_folder: Path):  # noqa: F811
    page = published(editors[SITE], "水质良好。")
    proof = PageProof.objects.get(page=page)
    shown = client.get(f"/proofs/{page}/").content.decode()
    assert "核验一致" in shown
    assert proof.digest in shown
    link = f'href="/proofs/{page}/"'
    assert link in client.get("/sites/environment/news/water/").content.decode()

    (own_folder / "page.json").write_bytes(client.get(f"/proofs/{page}/canonical.json").content)
    (own_folder / "page.tsr").write_bytes(client.get(f"/proofs/{page}/{proof.revision}.tsr").content)
    (own_folder / "root.pem").write_bytes(client.get("/trust/root.pem").content)
    assert sha256((own_folder / "page.json").read_bytes()).hexdigest() == proof.digest
    assert "Verification: OK" in openssl(own_folder, "page.json", "page.tsr")
    (own_folder / "other.json").write_bytes((own_folder / "page.json").read_bytes().replace(b"2026", b"2025"))
    assert "Verification: FAILED" in openssl(own_folder, "other.json", "page.tsr")


def test_b39_earlier_publications_keep_their_proofs_and_not_their_text(client: Client, editors, own_folder):  # noqa: F811
    page = published(editors[SITE], "李四的电话已公布。")
    first = PageProof.objects.get(page=page)
    published(editors[SITE], "已更正。", page)
    shown = client.get(f"/en/proofs/{page}/").content.decode()
    assert "Earlier publications" in shown
    assert first.digest in shown
    assert client.get(f"/proofs/{page}/{first.revision}.tsr").content == bytes(first.answer)
    text = client.get(f"/proofs/{page}/canonical.json").content.decode()
    assert "已更正" in text
    assert "李四" not in shown + text

    ArticlePage.objects.filter(pk=page).update(document_number="穗环〔2026〕1号")
    assert "核验不一致" in client.get(f"/proofs/{page}/").content.decode()
    sites.withdraw_page(actor=editors[SITE], at=datetime.now(tz=UTC), site=SITE, page=page, words="有误")
    paths = [f"/proofs/{page}/", f"/proofs/{page}/canonical.json", f"/proofs/{page}/{first.revision}.tsr"]
    assert [client.get(path).status_code for path in paths] == [404] * 3


def test_b39_what_was_loaded_is_proven_once(editors, own_folder):  # noqa: F811
    at = datetime.now(tz=UTC)
    live = SitePage.objects.filter(live=True).count()
    assert live == 9
    assert (api.prove_waiting(at), api.prove_waiting(at)) == (live, 0)
