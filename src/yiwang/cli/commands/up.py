"""`up`: from nothing to a city that answers, or a sentence that says why not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from random import SystemRandom
from typing import Annotated

import typer

from yiwang.cli import fingerprint, running
from yiwang.cli.console import say
from yiwang.cli.database import is_private, open_database
from yiwang.cli.notice import print_addresses
from yiwang.cli.supervisor import City, Supervisor
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import CityFailed, Exit, PortBusy
from yiwang.platform import private_database
from yiwang.platform.environment import ROOT, environment
from yiwang.platform.private_database import Dsn

_START = Text("启动后台进程", "starting the background process")
_DETACHED_SECONDS = 120
#: Above those that services are known by, below those that systems give to programs that ask out: from 32768
#: on Linux, from 49152 by RFC 6335.
_PORTS = range(20_000, 32_000)

_FROM_ENVIRONMENT = environment()

Port = Annotated[
    int, typer.Option(min=0, max=65535, help="网页端口，0 为任选 / port of the pages, 0 for any free one")
]
Host = Annotated[str, typer.Option(help="监听地址 / address to listen on")]
Detach = Annotated[bool, typer.Option("--detach", help="在后台运行 / run in the background")]
Scale = Annotated[
    int, typer.Option(min=0, help="演示城市的模拟办件数 / simulated cases of the demonstration city")
]
Web = Annotated[int, typer.Option(min=1, max=32, help="网页进程数 / number of web processes")]


def command(
    port: Port = _FROM_ENVIRONMENT.port,
    host: Host = _FROM_ENVIRONMENT.host,
    detach: Detach = False,
    scale: Scale = 120,
    web: Web = 2,
) -> None:
    """Start everything and stay until Ctrl-C, or with --detach until `down`."""
    var = environment().var
    lock = running.take_lock(var)
    if lock is None:
        _tell_that_it_runs(var)
        return
    port = port or free_port(host)
    _require_free(host, port)
    city = City(var=var, dsn=_prepare(var, scale), host=host, port=port, web=web)
    if detach:
        _detach(city, lock)
    else:
        os.set_inheritable(lock, False)
        Supervisor(city).run(on_ready=print_addresses)
        say(Text("已全部停止。", "Everything has stopped."))


def _prepare(var: Path, scale: int) -> Dsn:
    """Database and startup steps; whatever was begun is stopped again if they fail."""
    was_running = is_private() and private_database.status(var).is_running
    try:
        dsn = open_database()
        digest = fingerprint.compute(ROOT, str(scale))
        if not fingerprint.is_current(dsn.url, digest):
            _run_steps(dsn, digest, scale)
    except BaseException:
        if is_private() and not was_running:
            private_database.stop(var)
        raise
    return dsn


def _run_steps(dsn: Dsn, digest: str, scale: int) -> None:
    command = [sys.executable, "-P", "-m", "yiwang.cli", "startup", digest, str(scale)]
    done = subprocess.run(command, check=False, env=os.environ | {"YIWANG_DATABASE_URL": dsn.url})
    if done.returncode in set(Exit) - {Exit.OK, Exit.FAILED}:
        raise typer.Exit(done.returncode)  # it has said why
    if done.returncode != 0:
        var = environment().var
        zh, en = (var / "run" / "startup.step").read_text().splitlines()
        raise CityFailed(step=Text(zh, en), log=str(var / "log" / "startup.log"))


def _detach(city: City, lock: int) -> None:
    """Hand lock and city over to a supervisor of its own session, and wait until it is ready."""
    words = [
        "supervise",
        "--host",
        city.host,
        "--port",
        str(city.port),
        "--web",
        str(city.web),
        "--lock",
        str(lock),
    ]
    log_path = city.var / "log" / "supervisor.log"
    with log_path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "yiwang.cli", *words, "--lock", str(lock)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(lock,),
        )
    os.close(lock)
    deadline = time.monotonic() + _DETACHED_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        said = running.read(city.var)
        if said is not None and said.ready:
            print_addresses(said)
            say(Text("停止请运行 ./yiwang down。", "Stop it with ./yiwang down."))
            return
        time.sleep(0.1)
    process.terminate()
    raise CityFailed(step=_START, log=str(log_path))


def _tell_that_it_runs(var: Path) -> None:
    said = running.read(var)
    if said is None or not said.ready:
        say(Text("另一个启动正在进行中。", "Another start is under way."))
        return
    say(Text("系统已在运行。", "The city is already running."))
    print_addresses(said)


def _require_free(host: str, port: int) -> None:
    try:
        _bind(host, port).close()
    except OSError:
        raise PortBusy(host=host, port=port) from None


def free_port(host: str) -> int:
    """A port that nobody listens on, nor is given to while what shall listen there starts anew."""
    for port in SystemRandom().sample(_PORTS, len(_PORTS)):
        try:
            _bind(host, port).close()
        except OSError:
            continue
        return port
    raise PortBusy(host=host, port=_PORTS.start)


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        # A port whose last connections linger (TIME_WAIT) is free; one with a listener is not.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
    except OSError:
        opened.close()
        raise
    return opened
