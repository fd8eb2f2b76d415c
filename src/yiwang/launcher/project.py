"""The project's folders, and what a command needs before it can run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Purpose(Enum):
    """How much must be installed."""

    NOTHING = "nothing"  # looks at or stops what already runs
    APP = "app"
    TEST = "test"

    @property
    def requirements(self) -> str:
        """The pinned requirements of this purpose."""
        return "test.txt" if self is Purpose.TEST else "app.txt"


_PURPOSES = {
    "down": Purpose.NOTHING,
    "status": Purpose.NOTHING,
    "reset": Purpose.NOTHING,
    "test": Purpose.TEST,
    "bench": Purpose.TEST,
}


def purpose_of(arguments: list[str]) -> Purpose:
    """What the command line needs; help and unknown words need no more than looking."""
    if not arguments or arguments[0].startswith("-"):
        return Purpose.NOTHING
    if arguments[0] != "test" and "--help" in arguments:
        return Purpose.NOTHING
    return _PURPOSES.get(arguments[0], Purpose.APP)


#: Another Python's home; and a start without compiled files takes 2 s of CPU more for each process.
_NOT_PASSED_ON = ("PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Where everything lies. ``venv`` and ``node_modules`` may be links to shared ones."""

    root: Path
    var: Path

    @property
    def venv(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.venv / "bin" / "python"

    @property
    def node_modules(self) -> Path:
        """The browser libraries."""
        return self.root / "node_modules"

    @property
    def log(self) -> Path:
        """What the installers said."""
        return self.var / "log" / "setup.log"

    def child_environment(self) -> dict[str, str]:
        """The environment of our own Python programs: this source tree and nobody else's."""
        kept = {key: value for key, value in os.environ.items() if key not in _NOT_PASSED_ON}
        path = f"{self.venv / 'bin'}{os.pathsep}{kept.get('PATH', '/usr/bin:/bin')}"
        return kept | {
            "PYTHONPATH": str(self.root / "src"),
            "PATH": path,
            "PYTHONUTF8": "1",
            "YIWANG_VAR": str(self.var),
        }


def this_project() -> Project:
    """The project that this file belongs to."""
    root = Path(__file__).resolve().parents[3]
    var = os.environ.get("YIWANG_VAR")
    return Project(root=root, var=Path(var).absolute() if var else root / "var")
