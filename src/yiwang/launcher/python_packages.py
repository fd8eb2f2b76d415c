"""The virtual environment with the pinned, hashed packages: whole after each start, whatever came before."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.launcher import outside, stamps
from yiwang.launcher.contracts import PythonPackagesFailed
from yiwang.launcher.progress import Progress
from yiwang.launcher.project import Project, Purpose

_TITLE = Text("安装 Python 软件包", "Installing Python packages")
_WHAT = Text("Python 软件包", "the Python packages")
_VENV = Text("建立 Python 虚拟环境", "Making the Python environment")
#: Measured on x86-64: 1,290 MB for the application, 1,640 MB with what tests need; pip's downloads beside.
_NEEDED_MB = {Purpose.APP: 1700, Purpose.TEST: 2200}
_FACTS = "import sys, platform; print(sys.version_info[:3] >= (3, 11), sys.version, platform.machine())"


def ensure_python_packages(project: Project, purpose: Purpose) -> None:
    """Install what differs from the pins; nothing is done when the stamp says that all is well."""
    requirements = project.root / "requirements" / purpose.requirements
    facts = _facts(project)
    stamp = project.venv / f"yiwang-{purpose.value}.stamp"
    if facts and stamps.matches(stamp, stamps.digest([requirements], facts)):
        return
    with stamps.only_one(project.venv) as lock:
        if not facts or not _has_pip(project):
            _make_environment(project, purpose)
        faults = _inspect(project, requirements)
        if faults["absent"] or faults["torn"]:
            _install(project, purpose, requirements, faults, lock)
        stamps.write(stamp, stamps.digest([requirements], _facts(project)))


def is_installed(project: Project) -> bool:
    """An application environment was once finished here (it may be out of date)."""
    finished = any((project.venv / f"yiwang-{purpose.value}.stamp").exists() for purpose in _NEEDED_MB)
    return finished and project.python.exists()


def _facts(project: Project) -> str:
    """Version and processor of the environment's Python; empty if it doesn't run or is too old."""
    try:
        asked = subprocess.run([str(project.python), "-I", "-c", _FACTS], capture_output=True, text=True)
    except OSError:
        return ""
    return asked.stdout.strip() if asked.stdout.startswith("True") else ""


def _has_pip(project: Project) -> bool:
    asked = subprocess.run([str(project.python), "-I", "-m", "pip", "--version"], capture_output=True)
    return asked.returncode == 0


def _make_environment(project: Project, purpose: Purpose) -> None:
    """A new environment in place of a broken one; a link's target belongs to others and is never cleared."""
    if project.venv.is_symlink():
        raise PythonPackagesFailed(log=str(project.venv.resolve()))
    outside.require_space(project.root, _NEEDED_MB[purpose])
    with Progress(_VENV):
        command = [sys.executable, "-I", "-m", "venv", "--clear", str(project.venv)]
        done = outside.run(command, log=project.log)
    if done.code != 0:
        raise _failure(project, purpose, done)


def _inspect(project: Project, requirements: Path) -> dict[str, list[str]]:
    command = [str(project.python), "-P", "-m", "yiwang.launcher.installed", str(requirements)]
    asked = subprocess.run(command, capture_output=True, text=True, env=project.child_environment())
    if asked.returncode != 0:
        raise PythonPackagesFailed(log=str(project.log))
    answer: dict[str, list[str]] = json.loads(asked.stdout)
    return answer


def _install(
    project: Project, purpose: Purpose, requirements: Path, faults: dict[str, list[str]], lock: int
) -> None:
    whole = len(faults["absent"]) > 20
    outside.require_space(project.venv.resolve(), _NEEDED_MB[purpose] // (1 if whole else 4))
    for folder in faults["torn"]:
        shutil.rmtree(folder)
    pins = sum(1 for line in requirements.read_text().splitlines() if "==" in line)
    collected = 0
    with Progress(_TITLE) as progress:

        def show(line: str) -> None:
            nonlocal collected
            collected += line.startswith(("Collecting ", "Requirement already satisfied"))
            progress.at(0.9 if line.startswith("Installing collected") else 0.75 * collected / max(pins, 1))

        options = ["--require-hashes", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
        command = [str(project.python), "-I", "-m", "pip", "install", *options, "-r", str(requirements)]
        done = outside.run(command, log=project.log, on_line=show, keep=(lock,))
        if done.code != 0:
            raise _failure(project, purpose, done)
        faults = _inspect(project, requirements)
        if faults["absent"] or faults["torn"]:
            raise PythonPackagesFailed(log=str(project.log))


def _failure(project: Project, purpose: Purpose, done: outside.Outcome) -> Exception:
    return outside.reason(
        done,
        what=_WHAT,
        place=project.root,
        needed_mb=_NEEDED_MB[purpose],
        log=project.log,
        otherwise=PythonPackagesFailed(log=str(project.log)),
    )
