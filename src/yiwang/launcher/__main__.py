"""`./yiwang <command>`: set up what the command needs, then become the real command line."""

from __future__ import annotations

import os
import signal
import sys

from yiwang.launcher.apt import ensure_system_packages
from yiwang.launcher.browser_packages import ensure_browser_packages
from yiwang.launcher.contracts import Exit, NotRunning, NoWritePermission, Stopped
from yiwang.launcher.outside import translated_os_errors
from yiwang.launcher.project import Project, Purpose, purpose_of, this_project
from yiwang.launcher.python_packages import ensure_python_packages, is_installed
from yiwang.launcher.theme import ensure_theme

_HELP = """\
用法 / Usage: ./yiwang <command>

  up       安装所需的一切并启动系统 / install what is missing and start the city
  down     停止 / stop it
  status   查看运行情况 / see what runs
  reset    清除全部数据 / remove all data
  test     运行全部检查与测试 / run all checks and tests

安装后 ./yiwang --help 列出全部命令。 / After the first start, ./yiwang --help lists every command.
"""


def main(arguments: list[str]) -> int:
    """Prepare and hand over; gives an exit code only if something stopped it."""
    project = this_project()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with translated_os_errors(project.root):
            _prepare(project, arguments)
            _become(project, arguments)
    except Stopped as stopped:
        sys.stderr.write(f"{stopped.sentence.zh}\n{stopped.sentence.en}\n")
        return stopped.exit
    except KeyboardInterrupt:
        sys.stderr.write("已中断；下次启动会接着完成。\nInterrupted; the next start goes on from here.\n")
        return Exit.INTERRUPTED
    return Exit.OK


def _prepare(project: Project, arguments: list[str]) -> None:
    purpose = purpose_of(arguments)
    if purpose is Purpose.NOTHING:
        if is_installed(project):
            return
        if not arguments or arguments[0].startswith("-") or "--help" in arguments:
            sys.stdout.write(_HELP)
            raise SystemExit(Exit.OK)
        raise NotRunning
    for folder in ("log", "run", "static", "collected"):
        (project.var / folder).mkdir(parents=True, exist_ok=True)
    if not os.access(project.var, os.W_OK):
        raise NoWritePermission(place=str(project.var))
    ensure_system_packages(project, purpose)
    ensure_python_packages(project, purpose)
    ensure_browser_packages(project, purpose)
    ensure_theme(project)


def _become(project: Project, arguments: list[str]) -> None:
    """Replace this process, so that signals and exit codes are the command's own."""
    command = [str(project.python), "-P", "-m", "yiwang.cli", *arguments]
    os.execve(command[0], command, project.child_environment())  # noqa: S606  no shell is wanted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
