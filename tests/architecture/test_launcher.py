"""The launcher runs before anything is installed: standard library, two modules of the kernel, itself."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
ALLOWED = ("yiwang.launcher", "yiwang.kernel.text", "yiwang.kernel.errors")


def _imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names


def test_the_launcher_needs_nothing_installed() -> None:
    files = [
        *(SRC / "yiwang/launcher").glob("*.py"),
        SRC / "yiwang/kernel/text.py",
        SRC / "yiwang/kernel/errors.py",
    ]
    strays = [
        f"{path.name} -> {name}"
        for path in files
        for name in _imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(ALLOWED)
    ]

    # Runs inside the environment that pip has just been put into.
    assert sorted(strays) == [
        "installed.py -> pip._vendor.packaging.requirements",
        "installed.py -> pip._vendor.packaging.utils",
    ]
