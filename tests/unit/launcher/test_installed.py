"""What is installed is compared with the pins, file by file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from yiwang.launcher.installed import inspect, read_pins

REQUIREMENTS = (
    "# made by a tool\nwhole==1.0 \\\n    --hash=sha256:00\n    # via x\ntorn==2.0 \\\n    --hash=sha256:11\n"
)


def _install(site: Path, name: str, version: str, *, cut: bool = False, record: bool = True) -> None:
    (site / name).mkdir()
    (site / name / "__init__.py").write_text("x = 1\n")
    metadata = site / f"{name}-{version}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    if record:
        (metadata / "RECORD").write_text(
            f"{name}/__init__.py,sha256=x,6\n{metadata.name}/METADATA,,\n{name}/__pycache__/a.pyc,,\n"
        )
    if cut:
        (site / name / "__init__.py").write_text("x")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    return tmp_path


def test_whole_packages_need_nothing(site: Path) -> None:
    _install(site, "whole", "1.0")
    _install(site, "torn", "2.0")

    assert inspect(REQUIREMENTS) == {"absent": [], "torn": []}


def test_absent_and_other_versions_are_named(site: Path) -> None:
    _install(site, "whole", "1.1")

    assert inspect(REQUIREMENTS) == {"absent": ["whole", "torn"], "torn": []}


@pytest.mark.parametrize(("cut", "record"), [(True, True), (False, False)])
def test_an_interrupted_package_is_torn(site: Path, cut: bool, record: bool) -> None:
    _install(site, "whole", "1.0")
    _install(site, "torn", "2.0", cut=cut, record=record)

    assert inspect(REQUIREMENTS) == {"absent": [], "torn": [str(site / "torn-2.0.dist-info")]}


def test_a_package_whose_metadata_never_arrived_is_torn(site: Path) -> None:
    _install(site, "whole", "1.0")
    (site / "torn-2.0.dist-info").mkdir()

    assert inspect(REQUIREMENTS)["torn"] == [str(site / "torn-2.0.dist-info")]


def test_pins_for_other_machines_do_not_count() -> None:
    text = "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:0\nb==2 ; python_full_version >= '3.11' \\\n"

    assert [str(pin) for pin in read_pins(text)] == ['b==2; python_full_version >= "3.11"']
