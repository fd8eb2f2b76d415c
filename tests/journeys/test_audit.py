"""An auditor takes the evidence of all looks and checks it with the program that stands alone."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from django.utils import timezone
from tests.live.city import actor
from tests.live.waiting import wait_for

from yiwang.exchange.api import request_own_data
from yiwang.exchange.models import TraceLine
from yiwang.trust import api as trust
from yiwang.trust.models import LedgerLeaf

pytestmark = pytest.mark.journey


def _is_signed(leaf: LedgerLeaf) -> bool:
    leaf.refresh_from_db()
    head = trust.latest_head()
    return head is not None and leaf.index is not None and head.size > leaf.index


def test_d17_an_auditor_checks_the_ledger_with_the_stand_alone_tool(visit, tmp_path):
    request_own_data(actor=actor("chen"), at=timezone.now(), resource="person_basic", fields=["name"])
    leaf = LedgerLeaf.objects.latest("id")  # of the look, or of what the worker wrote after it
    wait_for("a signed head", lambda: _is_signed(leaf))

    auditor = visit("auditor")
    auditor.go("/desk/evidence/")
    auditor.look("evidence")
    page = auditor.page
    key = re.search(r"[A-Za-z0-9+/]{43}=", auditor.main().inner_text())
    assert key is not None
    tool, file = tmp_path / "verifier.zip", tmp_path / "evidence.jsonl.gz"
    with page.expect_download() as waiting:
        page.get_by_role("link", name=auditor.text("下载核验程序", "Download the program")).click()
    waiting.value.save_as(tool)
    with page.expect_download() as waiting:
        auditor.press("下载证据文件", "Download the evidence")
    waiting.value.save_as(file)

    done = subprocess.run(
        [sys.executable, "-I", str(tool), str(file), "--key", key.group(0)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    checked = re.search(r"核验留痕 (\d+) 条", done.stdout)
    assert checked is not None
    assert 1 <= int(checked.group(1)) <= TraceLine.objects.count()
