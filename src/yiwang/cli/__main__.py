"""Entry: build the command line, meet the called command's needs, run it, translate what goes wrong."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import django
import typer

from yiwang.cli.console import complain, refuse_words, say
from yiwang.cli.database import database_of_command, name_running_database
from yiwang.cli.register import COMMANDS, Entry, Needs
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit, Stopped
from yiwang.launcher.outside import translated_os_errors
from yiwang.platform.environment import environment
from yiwang.platform.starting import nothing_collected


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    called = next((entry for entry in COMMANDS if arguments[:1] == [entry.name]), None)
    try:
        with translated_os_errors(environment().var), _ready(called, arguments):
            ended = build(called)(args=arguments or ["--help"], prog_name="./yiwang", standalone_mode=False)
            return ended if isinstance(ended, int) else Exit.OK
    except typer.TyperException as wrong:
        refuse_words(wrong.format_message(), command=called.name if called else "")
        return Exit.USAGE
    except Stopped as stopped:
        complain(stopped)
        return stopped.exit
    except YiwangError as error:
        complain(error)
        return Exit.FAILED
    except (KeyboardInterrupt, typer.Abort):
        say(Text("已中断。", "Interrupted."))
        return Exit.INTERRUPTED


def build(called: Entry | None) -> typer.Typer:
    """The whole command line; only the called command's module is imported."""
    application = typer.Typer(
        name="yiwang",
        help=str(Text("一网：数字城市运行平台", "Yiwang: operating platform of a digital city")),
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    application.callback()(_nothing)
    for entry in COMMANDS:
        if importlib.util.find_spec(f"yiwang.cli.commands.{entry.name}") is None:
            continue
        if entry is called:
            _add(application, entry)
        else:
            application.command(entry.name, help=str(entry.title), hidden=entry.hidden)(_nothing)
    return application


def _add(application: typer.Typer, entry: Entry) -> None:
    with nothing_collected():
        module = importlib.import_module(f"yiwang.cli.commands.{entry.name}")
    group = getattr(module, "group", None)
    if isinstance(group, typer.Typer):
        application.add_typer(group, name=entry.name, help=str(entry.title))
    else:
        passed_on = {"allow_extra_args": True, "ignore_unknown_options": True} if entry.passes_on else {}
        application.command(
            entry.name, help=str(entry.title), hidden=entry.hidden, context_settings=passed_on
        )(module.command)


@contextmanager
def _ready(called: Entry | None, arguments: list[str]) -> Iterator[None]:
    """Meet the needs; the database of a command stays open until the command has ended."""
    if called is None or called.needs is Needs.NOTHING:
        yield
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.server.settings")
    needs_database = called.needs is Needs.DATABASE and "--help" not in arguments
    if called.needs is Needs.SETTINGS:
        name_running_database()
    with database_of_command() if needs_database else nullcontext():
        with nothing_collected():
            django.setup()
        yield


def _nothing() -> None:
    """A command that was not called, or the moment before the one that was."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
