"""Drawings that reach outside themselves: refused with file, line and reason, with no word to the network."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from yiwang.cases.rules.dmn.reading import read_model
from yiwang.cases.rules.process.read_bpmn import read_bpmn
from yiwang.kernel.errors import DefinitionProblem

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
Reader = Callable[[bytes, str], tuple[object, list[DefinitionProblem]]]
READERS: list[tuple[Reader, str, str]] = [(read_bpmn, "流程.bpmn", BPMN), (read_model, "决策.dmn", DMN)]
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
PROLOGUES = {
    "billion laughs": f'<!DOCTYPE d [<!ENTITY l0 "ha">{_LAUGHS}]>',
    "quadratic blow-up": f'<!DOCTYPE d [<!ENTITY l9 "{"a" * 100_000}">]>',
    "a document type on the network": '<!DOCTYPE d SYSTEM "http://192.0.2.1/d.dtd">',
    "a public document type": '<!DOCTYPE d PUBLIC "-//X//Y" "https://192.0.2.1/d.dtd">',
    "a file of this machine": '<!DOCTYPE d [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "a parameter entity": '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://192.0.2.1/p.dtd"> %p;]>',
}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a drawing was looked up on the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("prologue", sorted(PROLOGUES))
@pytest.mark.parametrize(("read", "file", "namespace"), READERS, ids=["bpmn", "dmn"])
def test_document_types_and_entities(read: Reader, file: str, namespace: str, prologue: str):
    content = (
        f'<?xml version="1.0"?>\n\n{PROLOGUES[prologue]}<definitions xmlns="{namespace}">&l9;</definitions>'
    )

    model, problems = read(content.encode(), file)

    assert model is None
    assert [(problem.file, problem.line) for problem in problems] == [(file, 3)]
    assert problems[0].reason.en == "a document type is not allowed"


@pytest.mark.parametrize(
    "part",
    [
        '<import namespace="x" location="http://192.0.2.1/x.xml" importType="http://www.w3.org/2001/XMLSchema"/>',
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>',
    ],
    ids=["import", "include"],
)
@pytest.mark.parametrize(("read", "file", "namespace"), READERS, ids=["bpmn", "dmn"])
def test_parts_that_lie_elsewhere(read: Reader, file: str, namespace: str, part: str):
    opening = f'<definitions xmlns="{namespace}" id="a" name="a" namespace="a">'
    content = f'<?xml version="1.0"?>\n{opening}\n{part}\n</definitions>'

    model, problems = read(content.encode(), file)

    assert model is None
    assert (file, 3) in [(problem.file, problem.line) for problem in problems]
    assert Path("/etc/hostname").read_text().strip() not in str(problems)


@pytest.mark.parametrize(("read", "file", "namespace"), READERS, ids=["bpmn", "dmn"])
def test_a_drawing_as_deep_as_a_well(read: Reader, file: str, namespace: str):
    deep = b"<a>" * 50_000 + b"</a>" * 50_000

    model, problems = read(f'<definitions xmlns="{namespace}">'.encode() + deep + b"</definitions>", file)

    assert model is None
    assert {problem.file for problem in problems} == {file}
