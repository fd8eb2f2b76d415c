"""Files on their way to become layers, as they are kept and as their sender sees them.

They lie where loads of registers lie (``var/loads``), which forgets what nobody goes on with for a day.
"""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.kernel.text import Text, text_from
from yiwang.maps.making.files.contracts import (
    FileState,
    FileView,
    LayerFileNotFound,
    SaidColumn,
    SaidFile,
)
from yiwang.maps.models import LayerFile
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.api import FileColumn, FileSurvey, load_folder, told_of_load
from yiwang.registers.contracts import RowProblem
from yiwang.registers.definitions import FieldKind

FROM_FILE = "maps.layer.from_file"


def own_row(actor: Actor, file: int, *, lock: bool = False) -> LayerFile:
    """The row of a file that the officer sent in his present organisation.

    Raises:
        LayerFileNotFound: there is none, or it is somebody else's.
    """
    rows = LayerFile.objects.select_for_update() if lock else LayerFile.objects
    row = rows.filter(pk=file, account_id=actor.account_id or 0, organisation=actor.organisation).first()
    if row is None:
        raise LayerFileNotFound
    return row


def get_layer_file(*, actor: Actor, file: int) -> FileView:
    """A file that the officer sent.

    Raises:
        LayerFileNotFound: there is none, or it is somebody else's.
    """
    return _view(own_row(actor, file))


def my_layer_files(*, actor: Actor, most: int = 10) -> list[FileView]:
    """The last files that the officer sent, newest first."""
    rows = LayerFile.objects.filter(account_id=actor.account_id or 0, organisation=actor.organisation)
    return [_view(row) for row in rows.order_by("-id")[:most]]


def survey_as_json(survey: FileSurvey) -> dict[str, Json]:
    """As it is kept."""
    columns: list[Json] = [
        {
            "head": one.head,
            "part": one.part,
            "kind": one.kind.value,
            "longest": one.longest,
            "examples": [*one.examples],
            "personal": one.personal,
            "rounded": one.rounded,
        }
        for one in survey.columns
    ]
    return {
        "columns": columns,
        "shape": survey.shape.value,
        "rows": survey.rows,
        "is_whole": survey.is_whole,
        "addresses": [*survey.addresses],
    }


def survey_of(row: LayerFile) -> FileSurvey:
    """What was found in it."""
    kept = row.survey
    columns = (
        FileColumn(**{**one, "kind": FieldKind(one["kind"]), "examples": tuple(one["examples"])})
        for one in kept["columns"]
    )
    return FileSurvey(
        columns=tuple(columns),
        shape=FieldKind(kept["shape"]),
        rows=int(kept["rows"]),
        is_whole=bool(kept["is_whole"]),
        addresses=tuple(kept.get("addresses", ())),
    )


def said_as_json(said: SaidFile) -> dict[str, Json]:
    """As it is kept."""
    columns: list[Json] = [
        {
            "head": one.head,
            "title": {**one.title.as_dict()},
            "kind": one.kind.value,
            "personal": one.personal,
        }
        for one in said.columns
    ]
    return {
        "title": {**said.title.as_dict()},
        "summary": {**said.summary.as_dict()},
        "group": {**said.group.as_dict()},
        "columns": columns,
        "system": said.system,
        "repairing": said.repairing,
        "on_bad_rows": said.on_bad_rows,
        "placed_by": said.placed_by,
    }


def said_of(row: LayerFile) -> SaidFile | None:
    """What its sender last said of it; nothing before he said a word."""
    kept: Mapping[str, Json] = row.said
    if not kept:
        return None
    return SaidFile(
        title=text_from(row.said["title"]),
        summary=text_from(row.said["summary"]),
        group=text_from(row.said["group"]),
        columns=tuple(
            SaidColumn(
                head=one["head"],
                title=text_from(one["title"]),
                kind=FieldKind(one["kind"]),
                personal=one["personal"],
            )
            for one in row.said["columns"]
        ),
        system=row.said["system"],
        repairing=row.said["repairing"],
        on_bad_rows=row.said["on_bad_rows"],
        placed_by=row.said.get("placed_by", ""),
    )


def _view(row: LayerFile) -> FileView:
    state = FileState(row.state)
    if state is FileState.CHOOSING and not (load_folder() / row.file).exists():
        state = FileState.GONE
    word = told_of_load(row.file)
    return FileView(
        id=row.pk,
        name=row.name,
        size=row.size,
        state=state,
        system=row.system,
        survey=survey_of(row),
        said=said_of(row),
        percent=100 if state is FileState.DONE else min(word.percent, 99),
        rows=word.rows,
        refusal=Text(row.refusal["zh"], row.refusal["en"]) if row.refusal else None,
        problems=tuple(
            RowProblem(line=line, field=field, reason=Text(zh, en)) for line, field, zh, en in row.problems
        ),
        became=row.became,
        draft=row.draft,
        loaded=row.loaded,
        bad=row.bad,
        asked_at=row.asked_at,
    )
