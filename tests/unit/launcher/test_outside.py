"""Failures of installers become sentences; their progress becomes a share."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from yiwang.kernel.text import Text
from yiwang.launcher import outside
from yiwang.launcher.apt import AptProgress
from yiwang.launcher.contracts import DiskFull, NoNetwork, NoWritePermission, PythonPackagesFailed

WHAT = Text("软件包", "the packages")


def _reason(tail: str) -> type[Exception]:
    outcome = outside.Outcome(code=1, tail=tail)
    otherwise = PythonPackagesFailed(log="x")
    return type(
        outside.reason(
            outcome, what=WHAT, place=Path("/tmp"), needed_mb=1, log=Path("x"), otherwise=otherwise
        )
    )


@pytest.mark.parametrize(
    ("tail", "wanted"),
    [
        ("OSError: [Errno 28] No space left on device", DiskFull),
        ("npm error code ENOSPC", DiskFull),
        ("E: You don't have enough free space: does not have enough free space in /var", DiskFull),
        ("Failed to establish a new connection: [Errno 111] Connection refused", NoNetwork),
        ("Temporary failure resolving 'deb.example.org'", NoNetwork),
        ("npm error network EAI_AGAIN", NoNetwork),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", PythonPackagesFailed),
    ],
)
def test_reasons(tail: str, wanted: type[Exception]) -> None:
    assert _reason(tail) is wanted


def test_a_run_keeps_every_line_and_the_code(tmp_path: Path) -> None:
    log = tmp_path / "log" / "setup.log"
    seen: list[str] = []

    done = outside.run(
        [sys.executable, "-c", "import sys; print('一'); print('two', file=sys.stderr); sys.exit(5)"],
        log=log,
        on_line=seen.append,
        env={"PYTHONUTF8": "1"},
    )

    assert done.code == 5
    assert sorted(seen) == ["two", "一"]
    assert log.read_text().endswith("= 5\n")


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, NoWritePermission),
        (errno.EACCES, NoWritePermission),
    ],
)
def test_the_systems_refusals_are_translated(tmp_path: Path, number: int, wanted: type[Exception]) -> None:
    with pytest.raises(wanted), outside.translated_os_errors(tmp_path):
        raise OSError(number, "refused", str(tmp_path))


def test_other_faults_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError), outside.translated_os_errors(tmp_path):
        raise ConnectionResetError(errno.ECONNRESET, "reset")


def test_space_is_asked_of_the_nearest_folder_that_exists(tmp_path: Path) -> None:
    outside.require_space(tmp_path / "not" / "yet", 1)
    with pytest.raises(DiskFull) as told:
        outside.require_space(tmp_path / "not" / "yet", 10**9)
    assert told.value.needed_mb == 10**9


def test_apt_progress_counts_fetched_unpacked_and_set_up() -> None:
    progress = AptProgress()
    lines = ["Reading package lists...", "1 upgraded, 1 newly installed, 0 to remove and 5 not upgraded."]
    lines += ["Get:1 a", "Get:2 b", "Unpacking a", "Unpacking b", "Setting up a", "Setting up b"]

    shares = [round(progress.read(line), 2) for line in lines]

    assert shares == [0.0, 0.0, 0.17, 0.33, 0.5, 0.67, 0.83, 1.0]
