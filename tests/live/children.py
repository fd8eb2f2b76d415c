"""The processes that a city's supervisor keeps alive, by name, for tests that kill them."""

from __future__ import annotations

from pathlib import Path

from tests.live.waiting import wait_for

#: Words in a row of each one's command line; the web server has an option that is called workers.
_COMMANDS = {
    "web": b"-m\0granian\0",
    "worker": b"-m\0yiwang.cli\0worker\0",
    "listener": b"-m\0yiwang.cli\0listener\0",
}


def children_of(supervisor: int) -> dict[str, int]:
    """Pids of those that run now; one that ends while we look is not among them."""
    found = {}
    for child in ids_below(supervisor):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found.update({name: child for name, words in _COMMANDS.items() if words in command})
    return found


def child_of(supervisor: int, name: str) -> int:
    """The pid of one of them, which may just be started anew."""
    return wait_for(f"the {name}", lambda: children_of(supervisor).get(name))


def ids_below(pid: int) -> list[int]:
    """All children. Linux may leave some out of its own list (``children``) while another of them ends."""
    return [int(each.name) for each in Path("/proc").glob("[0-9]*") if _parent(each) == pid]


def _parent(process: Path) -> int:
    try:
        # the name of the program, in brackets, may hold anything
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
