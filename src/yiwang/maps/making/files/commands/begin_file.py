"""Have a file laid on the map, once its sender has said what its columns are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from procrastinate.contrib.django import app as jobs

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps.making.files.contracts import FileState, LayerFileNotFound, LayerFileRefused, SaidFile
from yiwang.maps.making.files.keeping import FROM_FILE, own_row, said_as_json, survey_of
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.api import FILE_SYSTEMS, FileSurvey, faults_of_pair, load_folder
from yiwang.registers.definitions import FieldKind

#: Name of the job; ``tasks.py`` defines it. It is deferred in the act's transaction.
LAY_FILE = "yiwang.maps.lay_file"
#: Kinds that a column may be said to be; the others need words of their own, such as a code list.
OFFERED = (
    FieldKind.TEXT,
    FieldKind.LONG_TEXT,
    FieldKind.INTEGER,
    FieldKind.DECIMAL,
    FieldKind.MONEY,
    FieldKind.DATE,
    FieldKind.YES_NO,
    FieldKind.DIVISION,
    FieldKind.ADDRESS,
    FieldKind.PHONE,
)
_LONGEST = 200
_TOO_LONG = Text("最多{most}个字", "At most {most} characters")
_NO_COLUMN = Text("文件没有这一列", "The file has no such column")
_NO_KIND = Text("请从列出的类型中选择", "Choose one of the kinds")
_WHICH = Text("请选择写着地址的那一列", "Say which column holds the addresses")
_OF_PERSONS = Text(
    "涉及个人的地址不能用来定位：图上的点会把它说出来。请另选一列，或不要用这个文件制作图层",
    "An address about persons gives no places: the point on the map would tell it. Choose another column, or "
    "make no layer of this file",
)
_GONE = Text("文件已删除，请重新上传", "The file was deleted; send it again")


@command(operation=FROM_FILE)
def begin_layer_file(*, actor: Actor, at: datetime, file: int, said: SaidFile) -> None:
    """Have it laid by a job; what waits already stays as it is.

    Raises:
        InvalidInput: a text is missing or too long, or a column is none; paths end with the column's place.
        LayerFileNotFound: there is none of this officer, or it is done.
        LayerFileRefused: the file lies here no more.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"layer_file:{file}")
    row = own_row(actor, file, lock=True)
    if row.state == FileState.WAITING:
        return
    if row.state != FileState.CHOOSING:
        raise LayerFileNotFound
    if not (load_folder() / row.file).exists():
        raise LayerFileRefused(reason=_GONE)
    problems = tuple(_faults(said, survey_of(row)))
    if problems:
        raise InvalidInput(problems=problems)
    row.said, row.state = said_as_json(said), FileState.WAITING
    row.refusal, row.problems, row.became = {}, [], {}
    row.save()
    note(file=file, columns=len(said.columns), system=said.system, begun=at.isoformat())
    # without a lock of the queue: the job of an earlier try may stand there still, and finds nothing to do
    jobs.configure_task(LAY_FILE).defer(file=file)


def _faults(said: SaidFile, survey: FileSurvey) -> Iterator[FieldProblem]:
    for name, pair in (("title", said.title), ("summary", said.summary), ("group", said.group)):
        yield from _of_pair(name, pair)
    if said.system not in FILE_SYSTEMS:
        yield FieldProblem("system", _NO_KIND)
    yield from _of_addresses(said, survey)
    places = {one.head: place for place, one in enumerate(survey.columns) if one.part == "field"}
    for column in said.columns:
        place = places.get(column.head)
        if place is None:
            yield FieldProblem("columns", _NO_COLUMN)
            continue
        for problem in _of_pair("column", column.title):
            yield FieldProblem(f"{problem.path}-{place}", problem.text)
        if column.kind not in OFFERED:
            yield FieldProblem(f"kind-{place}", _NO_KIND)


def _of_addresses(said: SaidFile, survey: FileSurvey) -> Iterator[FieldProblem]:
    """Places are nothing that more may know than the address from which they come."""
    if not survey.addresses and not said.placed_by:
        return
    if said.placed_by not in survey.addresses:
        yield FieldProblem("placed_by", _WHICH)
        return
    taken = {one.head: one.personal for one in said.columns}
    found = {one.head: one.personal for one in survey.columns}
    if taken.get(said.placed_by, found[said.placed_by]):
        yield FieldProblem("placed_by", _OF_PERSONS)


def _of_pair(name: str, pair: Text) -> Iterator[FieldProblem]:
    yield from faults_of_pair(name, pair)
    for language, words in (("zh", pair.zh), ("en", pair.en)):
        if len(words) > _LONGEST:
            yield FieldProblem(f"{name}_{language}", _TOO_LONG.fill(most=_LONGEST))
