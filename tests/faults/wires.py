"""Two network namespaces with one link between them, which a test cuts; nothing outside them is reached."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ASKER, PROVIDER = "10.213.77.1", "10.213.77.2"


@dataclass(frozen=True)
class Link:
    """The namespaces of the asking and of the providing side."""

    asker: str
    provider: str

    def start(
        self, side: str, words: Sequence[str], environment: Mapping[str, str], log: Path
    ) -> subprocess.Popen[bytes]:
        """A program of one side, in a process group of its own."""
        with log.open("ab") as out:
            return subprocess.Popen(
                ["ip", "netns", "exec", side, *words], env=os.environ | environment, stdin=subprocess.DEVNULL,
                stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip

    def cut(self) -> None:
        """Packets under way are lost, new connections fail."""
        _ip("-n", self.asker, "link", "set", "wire", "down")

    def mend(self) -> None:
        """As before."""
        _ip("-n", self.asker, "link", "set", "wire", "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True, timeout=60)


def listens(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether somebody listens in the namespace of a process."""
    try:
        lines = Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines()[1:]
    except OSError:
        return False
    return any(line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A" for line in lines)


@contextmanager
def link() -> Iterator[Link]:
    """Make them; skips where the kernel refuses."""
    made = Link(asker=f"yw-a-{os.getpid()}", provider=f"yw-b-{os.getpid()}")
    if shutil.which("ip") is None:
        pytest.skip("no `ip` here, so no link can be made and cut")
    try:
        try:
            for name in (made.asker, made.provider):
                _ip("netns", "add", name)
            _ip(
                *("-n", made.asker, "link", "add", "wire", "type", "veth"),
                *("peer", "name", "wire", "netns", made.provider),
            )
            for name, address in ((made.asker, ASKER), (made.provider, PROVIDER)):
                _ip("-n", name, "address", "add", f"{address}/30", "dev", "wire")
                _ip("-n", name, "link", "set", "wire", "up")
        except subprocess.CalledProcessError as refused:
            pytest.skip(f"the kernel refuses network namespaces: {refused.stderr.strip()}")
        yield made
    finally:
        for name in (made.asker, made.provider):
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)
