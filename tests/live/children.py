"""The processes that a city's supervisor keeps alive, by name, for tests that kill them."""

from __future__ import annotations

from pathlib import Path

#: Words in a row of each one's command line; the web server has an option that is called workers.
_COMMANDS = {
    "web": b"-m\0granian\0",
    "worker": b"-m\0yiwang.cli\0worker\0",
    "listener": b"-m\0yiwang.cli\0listener\0",
}


def children_of(supervisor: int) -> dict[str, int]:
    """Pids of those that run now; one that ends while we look is not among them."""
    found = {}
    for child in _ids_below(supervisor):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found.update({name: child for name, words in _COMMANDS.items() if words in command})
    return found


def _ids_below(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
