"""A real pack, spoilt in one place, and what `yiwang check` says about it, with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

from yiwang.packs.loader import Loaded, load
from yiwang.platform.environment import ROOT

PACKS = ROOT / "packs"
#: File, what is replaced by what, the place of the fault (its line, its path, lines further down), the
#: reason in both languages.
Fault = tuple[str, str, str, tuple[str, str] | tuple[str, str, int], str, str]


def spoilt(tmp_path: Path, file: str, old: str, new: str) -> Loaded:
    """Load the file's pack and what it requires, with the first ``old`` of the file made ``new``."""
    shutil.copytree(PACKS, tmp_path / "packs")
    path = tmp_path / "packs" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load(tmp_path / "packs", [file.partition("/")[0]])


def line_of(file: str, text: str) -> int:
    """The line on which a text first stands in a file of the packs."""
    before, found, _ = (PACKS / file).read_text(encoding="utf-8").partition(text)
    assert found
    return before.count("\n") + 1


def assert_told(folder: Path, fault: Fault) -> None:
    """It is the only thing said, where it stands and why."""
    file, old, new, (at, path, *shift), zh, en = fault

    found = spoilt(folder, file, old, new)

    place = f"packs/{file}:{line_of(file, at) + sum(shift)}: " + (f"{path}: " if path else "")
    assert [str(problem) for problem in found.problems] == [place + en]
    assert [problem.reason.zh for problem in found.problems] == [zh]
