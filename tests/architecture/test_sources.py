"""What a linter can't see: sizes, names, addresses in the sources."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
).stdout.split("\0")[:-1]
PYTHON = [name for name in TRACKED if name.endswith(".py") and (ROOT / name).exists()]
OURS = [name for name in PYTHON if name.startswith(("src/", "verifier/")) and "/migrations/" not in name]
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "mixins", "constants"}


def test_files_are_small():
    long = {name: n for name in OURS if (n := len((ROOT / name).read_text().splitlines())) > 500}

    assert long == {}


def test_test_files_are_readable():
    long = {
        name: n
        for name in PYTHON
        if name.startswith("tests/") and (n := len((ROOT / name).read_text().splitlines())) > 800
    }

    assert long == {}


def test_functions_fit_a_screen():
    long = []
    for name in OURS:
        for node in ast.walk(ast.parse((ROOT / name).read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > 60:
                    long.append((name, node.name, length))

    assert long == []


def test_names_say_something():
    assert [name for name in PYTHON if Path(name).stem in BANNED] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"py[p]i\.org|pythonh[o]sted|registry\.np[m]js|deb\.deb[i]an\.org|np[m]mirror",
        r"--(extra-)?index-u[r]l",
    ],
)
def test_no_registry_is_named(pattern):
    found = []
    for name in TRACKED:
        path = ROOT / name
        if path.suffix in {".png", ".ico", ".geojson", ".woff2"} or not path.is_file():
            continue
        if re.search(pattern, path.read_text(encoding="utf-8", errors="ignore")):
            found.append(name)

    assert found == []


def test_the_npm_lock_names_no_addresses():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_every_module_says_what_it_is_for():
    silent = [name for name in OURS if not ast.get_docstring(ast.parse((ROOT / name).read_text()))]

    assert silent == []


def test_no_tracked_file_is_huge():
    assert [
        name for name in TRACKED if (ROOT / name).is_file() and (ROOT / name).stat().st_size > 1_500_000
    ] == []


def test_moments_of_pages_are_written_as_html_wants_them():
    """Django's ``P`` is "10:34 a.m.", no offset; ``c`` gives six digits of a second, three are allowed."""
    formats = {
        found[1]
        for path in (ROOT / "src").rglob("*.html")
        for found in re.finditer(r'datetime="\{\{[^}]*\|date:"([^"]*)"', path.read_text(encoding="utf-8"))
    }

    assert formats == {r"Y-m-d\TH:i:sO", "Y-m-d"}
