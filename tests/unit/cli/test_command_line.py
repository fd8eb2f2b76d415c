"""What a person types wrongly is told in a sentence, with the code of a wrong command line."""

from __future__ import annotations

import pytest

from yiwang.cli.__main__ import main
from yiwang.cli.console import complain
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit


@pytest.mark.parametrize(
    ("words", "reason", "way_out"),
    [
        (["frobnicate"], "No such command 'frobnicate'", "./yiwang --help"),
        (["status", "--loud"], "No such option: --loud", "./yiwang status --help"),
        (["status", "now"], "unexpected extra argument", "./yiwang status --help"),
        (["bench"], "Missing argument", "./yiwang bench --help"),
        (["bench", "cases", "--tiny=7"], "--tiny", "./yiwang bench --help"),
    ],
)
def test_a_wrong_command_line_is_a_sentence(words: list[str], reason: str, way_out: str, capsys):
    assert main(words) == Exit.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    zh, en, hint = said.err.strip().splitlines()
    assert zh == "命令行写法有误。"
    assert reason in en
    assert hint == way_out


def test_without_words_the_commands_are_listed(capsys):
    assert main([]) == Exit.OK
    assert "up" in capsys.readouterr().out.split()


def test_each_wrong_field_is_named(capsys):
    complain(InvalidInput(problems=(FieldProblem("name", Text("须为小写字母", "must be lower case")),)))
    assert capsys.readouterr().err.splitlines()[2:] == ["name: 须为小写字母", "    must be lower case"]
