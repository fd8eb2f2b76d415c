"""One table of exit codes: the enum, the shell script and the reference page agree."""

from __future__ import annotations

import re
import subprocess
from dataclasses import fields
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.launcher.contracts import REASONS, Exit, OldPython

ROOT = Path(__file__).parents[3]


def test_codes_are_distinct_and_each_reason_has_its_own() -> None:
    codes = [reason.exit for reason in REASONS]

    assert len(set(codes)) == len(codes)
    assert {code.value for code in codes if code is not Exit.NOT_RUNNING} == set(range(10, 26))


def test_each_sentence_fills_in_both_languages() -> None:
    for reason in REASONS:
        values = {
            field.name: Text("某物", "something") if field.type == "Text" else 7 for field in fields(reason)
        }
        sentence = reason(**values).sentence

        assert "{" not in sentence.zh + sentence.en
        assert re.search(r"[一-鿿]", sentence.zh)
        assert not re.search(r"[一-鿿]", sentence.en)


def test_the_reference_page_shows_the_table() -> None:
    page = (ROOT / "docs/reference/exit-codes.md").read_text()
    shown = dict(re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", page, flags=re.MULTILINE))

    assert shown == {str(code.value): code.name for code in Exit}


def test_the_script_says_and_ends_as_the_table_does(tmp_path: Path) -> None:
    """An empty PATH but for old Pythons."""
    for name in ("python3", "python3.11"):
        old = tmp_path / name
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)
    for name in ("dirname", "readlink"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")

    done = subprocess.run(
        ["/bin/sh", ROOT / "yiwang", "up"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == Exit.OLD_PYTHON
    assert done.stderr.splitlines() == [OldPython.text.zh, OldPython.text.en]
