"""Stamps say that an installation is whole; anything else is looked at again."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pytest

from yiwang.launcher import stamps
from yiwang.launcher.browser_packages import ensure_browser_packages, holds_locked_packages
from yiwang.launcher.project import Project, Purpose, purpose_of


def test_a_digest_tells_content_facts_and_absence_apart(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    missing = stamps.digest([lock], "3.11")
    lock.write_text("a==1")
    first = stamps.digest([lock], "3.11")
    lock.write_text("a==2")

    assert len({missing, first, stamps.digest([lock], "3.11"), stamps.digest([lock], "3.12")}) == 4


def test_a_stamp_matches_only_its_own_value(tmp_path: Path) -> None:
    stamp = tmp_path / "venv" / "x.stamp"
    assert stamps.matches(stamp, "v") is False

    stamps.write(stamp, "v")

    assert stamps.matches(stamp, "v") is True
    assert stamps.matches(stamp, "w") is False
    assert [path.name for path in stamp.parent.iterdir()] == ["x.stamp"]


def test_a_lock_is_held_at_the_target_of_a_link(tmp_path: Path) -> None:
    """Worktrees share one environment through a link: they wait for each other."""
    shared = tmp_path / "main"
    (shared / ".venv").mkdir(parents=True)
    (tmp_path / ".venv").symlink_to(shared / ".venv")

    with stamps.only_one(tmp_path / ".venv"):
        other = os.open(shared, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(other)


@pytest.mark.parametrize(
    ("arguments", "purpose"),
    [
        ([], Purpose.NOTHING),
        (["--help"], Purpose.NOTHING),
        (["up", "--help"], Purpose.NOTHING),
        (["down"], Purpose.NOTHING),
        (["status"], Purpose.NOTHING),
        (["up", "--port", "1"], Purpose.APP),
        (["apply"], Purpose.APP),
        (["test", "--help"], Purpose.TEST),
        (["bench", "cases"], Purpose.TEST),
    ],
)
def test_a_command_installs_no_more_than_it_needs(arguments: list[str], purpose: Purpose) -> None:
    assert purpose_of(arguments) is purpose


def _project(root: Path, *, installed: dict[str, str]) -> Project:
    packages = {
        "": {},
        "node_modules/sass": {"version": "1.2.0"},
        "node_modules/axe": {"version": "4.0.0", "dev": True},
        "node_modules/native": {"version": "1.0.0", "optional": True},
    }
    (root / "package-lock.json").write_text(json.dumps({"packages": packages}))
    (root / "package.json").write_text("{}")
    inner = {f"node_modules/{name}": {"version": version} for name, version in installed.items()}
    for name in installed:
        (root / "node_modules" / name).mkdir(parents=True)
        (root / "node_modules" / name / "package.json").write_text("{}")
    (root / "node_modules").mkdir(exist_ok=True)
    (root / "node_modules/.package-lock.json").write_text(json.dumps({"packages": inner}))
    return Project(root=root, var=root / "var")


def test_present_browser_libraries_are_adopted_not_installed_again(tmp_path: Path) -> None:
    project = _project(tmp_path, installed={"sass": "1.2.0"})

    ensure_browser_packages(project, Purpose.APP)

    assert (project.node_modules / ".yiwang-app.stamp").exists()
    assert not (tmp_path / "node_modules.new").exists()


@pytest.mark.parametrize(
    ("installed", "app", "test"),
    [
        ({"sass": "1.2.0", "axe": "4.0.0"}, True, True),
        ({"sass": "1.2.0"}, True, False),
        ({"sass": "1.1.0", "axe": "4.0.0"}, False, False),
        ({}, False, False),
    ],
)
def test_browser_libraries_are_compared_with_the_lock(
    tmp_path: Path, installed: dict[str, str], app: bool, test: bool
) -> None:
    project = _project(tmp_path, installed=installed)

    assert holds_locked_packages(project, Purpose.APP) is app
    assert holds_locked_packages(project, Purpose.TEST) is test


def test_a_library_whose_folder_is_gone_is_missed(tmp_path: Path) -> None:
    project = _project(tmp_path, installed={"sass": "1.2.0"})
    (tmp_path / "node_modules/sass/package.json").unlink()

    assert holds_locked_packages(project, Purpose.APP) is False
