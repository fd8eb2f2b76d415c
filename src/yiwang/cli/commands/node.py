"""`node`: installations beside this one that exchange with each other; this one is their authority."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from yiwang.cli import running
from yiwang.cli.commands.up import free_port
from yiwang.cli.console import out, say
from yiwang.cli.database import VARIABLE
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import CityFailed, Exit
from yiwang.platform.environment import ROOT, environment

group = typer.Typer(no_args_is_help=True)
#: Whom a node speaks for if it isn't said: departments of the demonstration that look at each other's data.
_DEPARTMENTS = ("labour", "public_security", "civil_affairs", "industry_commerce")
_ENROL_SECONDS = 90
_STEP = Text("启动节点", "starting the node")
_HELP = "节点代码，可写作 代码=机构,机构 / code, or code=organisation,organisation"
Names = Annotated[list[str], typer.Argument(help=_HELP)]
Scale = Annotated[int, typer.Option(min=0, help="演示城市的模拟办件数 / simulated cases of the centre")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node beside this installation; its ports stay the same for its certificate's sake."""

    name: str
    members: str
    port: int
    node_port: int

    @property
    def var(self) -> Path:
        """Its own folder: database, keys, logs."""
        return _nodes() / self.name

    def environment(self, centre: str) -> dict[str, str]:
        """What its processes are told."""
        told = {key: value for key, value in os.environ.items() if key != VARIABLE}
        return told | {
            "YIWANG_VAR": str(self.var),
            "YIWANG_HOST": "127.0.0.1",
            "YIWANG_PORT": str(self.port),
            "YIWANG_NODE": self.name,
            "YIWANG_NODE_PORT": str(self.node_port),
            "YIWANG_NODE_MEMBERS": self.members,
            "YIWANG_CENTRE": centre,
        }


@group.command("up")
def up(names: Names, scale: Scale = 0) -> None:
    """启动一个或多个节点并加入交换 / start nodes and let them join the exchange."""
    begun = time.monotonic()
    centre = _centre(scale)
    places = [_place(name) for name in names]
    for place in places:
        _run(place.environment(centre), "up", "--detach", "--scale", "0", "--web", "1")
    for place in places:
        _join(place, centre)
    for place in places:
        say(
            Text(
                f"节点 {place.name}（{place.members}）已加入交换：https://127.0.0.1:{place.node_port}",
                f"Node {place.name} ({place.members}) has joined: https://127.0.0.1:{place.node_port}",
            )
        )
    seconds = round(time.monotonic() - begun)
    say(Text(f"用时 {seconds} 秒。", f"That took {seconds} s."))


@group.command("status")
def status() -> int:
    """各节点的运行情况 / what runs."""
    all_up = True
    for place in _places():
        listens = _listens(place)
        all_up = all_up and listens
        state = Text("在运行", "up") if listens else Text("未运行", "down")
        out.print(f"{place.name}\t{state.zh} {state.en}\thttp://127.0.0.1:{place.port}", markup=False)
    return Exit.OK if all_up else Exit.NOT_RUNNING


@group.command("down")
def down(names: Names) -> None:
    """停止节点 / stop nodes."""
    for place in _places():
        if place.name in names:
            _run(place.environment(""), "down")


@group.command("remove")
def remove(names: Names) -> None:
    """停止节点并清除其数据 / stop nodes and remove their data."""
    for place in _places():
        if place.name in names:
            _remove(place)


def remove_all() -> None:
    """Stop and remove every node beside this installation."""
    for place in _places():
        _remove(place)


def _remove(place: Place) -> None:
    _run(place.environment(""), "reset", "--yes")
    shutil.rmtree(place.var, ignore_errors=True)


def _centre(scale: int) -> str:
    """The address of this installation, started if it does not run."""
    said = running.read(environment().var)
    if said is None or not said.ready:
        _run(dict(os.environ), "up", "--detach", "--scale", str(scale))
        said = running.read(environment().var)
    if said is None:
        raise CityFailed(step=_STEP, log=str(environment().var / "log"))
    return said.address


def _join(place: Place, centre: str) -> None:
    """Who runs this is the administrator of both: the order is approved at the centre's console."""
    if not (place.var / "node" / "certificate.pem").exists():
        told = dict(os.environ) | {"YIWANG_HOST": "127.0.0.1", "YIWANG_PORT": centre.rsplit(":", 1)[-1]}
        _run(told, "authority", "approve", place.name, "--yes", "--wait", str(_ENROL_SECONDS))
    deadline = time.monotonic() + _ENROL_SECONDS
    while not _listens(place):
        if time.monotonic() > deadline:
            raise CityFailed(step=_STEP, log=str(place.var / "log" / "node.log"))
        time.sleep(0.3)


def _run(told: dict[str, str], *words: str) -> None:
    """Another command as a process of its own: its database and settings are others."""
    program = [str(ROOT / "yiwang"), *words]
    done = subprocess.run(program, env=told, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise typer.Exit(done.returncode)  # it has said why


def _nodes() -> Path:
    return environment().var / "nodes"


def _places() -> list[Place]:
    return [Place(**json.loads(file.read_text())) for file in sorted(_nodes().glob("*/node.json"))]


def _place(name: str) -> Place:
    """The node of a name, as it is or newly laid out."""
    code, _, members = name.partition("=")
    for place in _places():
        if place.name == code:
            return place
    if not code.replace("-", "").isalnum() or code != code.lower():
        raise typer.BadParameter(code)
    made = Place(
        name=code,
        members=members or _DEPARTMENTS[len(_places()) % len(_DEPARTMENTS)],
        port=free_port("127.0.0.1"),
        node_port=free_port("127.0.0.1"),
    )
    made.var.mkdir(parents=True)
    made.var.chmod(0o755)  # the private database's own user passes through
    (made.var / "node.json").write_text(json.dumps(asdict(made)))
    return made


def _listens(place: Place) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", place.node_port), timeout=1):
            return (place.var / "node" / "certificate.pem").exists()
    except OSError:
        return False
