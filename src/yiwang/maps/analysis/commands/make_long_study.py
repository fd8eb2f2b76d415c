"""Make a study that was begun: the worker's part. One that was killed begins anew."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db.models import QuerySet

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.contracts import LongState, StudyAsked
from yiwang.maps.analysis.queries.study_limits import MOST_LONG, prepare, read_for
from yiwang.maps.analysis.queries.study_parts import study_in_parts
from yiwang.maps.models import LongStudy
from yiwang.platform.contracts import Actor, TimeLimitReached
from yiwang.platform.session_locks import alone

_TOO_SLOW = Text("其中一部分一分钟内算不完", "a part of it takes more than a minute")


def make_long_study(*, study: int, at: datetime) -> bool:
    """Make it in the name of who asked, whose rights are asked anew; False when it had ended before."""
    with alone(f"maps.long_study:{study}"):
        row = LongStudy.objects.get(pk=study)
        if row.state != LongState.WAITING:
            return False
        try:
            is_made = _make(row)
        except TimeLimitReached:
            _end(row, at, LongState.REFUSED, refusal={"zh": _TOO_SLOW.zh, "en": _TOO_SLOW.en})
        except YiwangError as refusal:
            said = refusal.sentence
            _end(row, at, LongState.REFUSED, refusal={"zh": said.zh, "en": said.en})
        else:
            if is_made:
                _end(row, at, LongState.DONE, result=row.result, mark=row.mark, share=1.0)
    return True


def _make(row: LongStudy) -> bool:
    """Put the result into the row; False where it was stopped meanwhile."""
    asked = StudyAsked(**row.asked)
    language: Language = "zh" if row.language == "zh" else "en"
    found = prepare(*read_for(Actor.who_asked(row), asked), asked, most=MOST_LONG)

    def told(share: float) -> bool:
        return bool(_waiting(row).update(share=share))

    made = study_in_parts(found, language, told=told)
    if made is None:
        return False
    row.mark = found.mark
    row.result = {
        "figures": list(made.figures),
        "measured": {"zh": made.measured.zh, "en": made.measured.en} if made.measured else None,
        "is_cut": made.is_cut,
        "rows": [asdict(each) for each in made.rows],
    }
    return True


def _end(row: LongStudy, at: datetime, state: LongState, **values: object) -> None:
    """Unless somebody stopped it, which stays so."""
    _waiting(row).update(state=state, ended_at=at, **values)


def _waiting(row: LongStudy) -> QuerySet[LongStudy]:
    return LongStudy.objects.filter(pk=row.pk, state=LongState.WAITING)
