"""A result on a page, as a file and on paper."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.maps.analysis.commands.keep_study import KEEP
from yiwang.maps.analysis.contracts import Profile, Study
from yiwang.maps.analysis.profile_sheet import described, drawing, profile_pdf
from yiwang.maps.analysis.queries.results import register_of_results
from yiwang.maps.analysis.queries.study_statements import MOST_ROWS
from yiwang.maps.analysis.web.study_words import csv_of, geojson, printed, table
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor
from yiwang.platform.web.context import city_name
from yiwang.platform.web.language import current_language

#: Columns of figures that find room beside the form.
_MOST_BESIDE = 3


def shown(made: Study) -> dict[str, object]:
    """What the part of the page needs that shows a result."""
    profile, language = made.profile, current_language()
    layers = dict.fromkeys(each for each in (made.asked.other, made.asked.layer) if each)
    return {
        "study": made,
        "is_wide": len(made.figures) > _MOST_BESIDE,
        "most": MOST_ROWS,
        "layers": ",".join(layers),
        "drawing": drawing(made, profile, language) if profile is not None else "",
        "described": described(profile) if profile is not None else None,
        **table(made),
    }


def may_keep(actor: Actor) -> bool:
    """Whether somebody may keep results, and his organisation has where."""
    return guard().may(actor, KEEP) and register_of_results(actor) is not None


def as_file(made: Study, form: str, actor: Actor) -> HttpResponse | None:
    """The result as ``csv``, ``geojson`` or, of a profile, ``pdf``; None where it has no such form."""
    name = f"{made.asked.method}-{made.asked.layer}"
    answer: HttpResponse
    if form == "csv":
        answer = HttpResponse(csv_of(made, current_language()), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    elif form == "geojson":
        answer = JsonResponse(geojson(made), content_type="application/geo+json")
    elif form == "pdf" and made.profile is not None:
        answer = HttpResponse(_sheet(made, made.profile, actor), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    else:
        return None
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _sheet(made: Study, profile: Profile, actor: Actor) -> bytes:
    language, own = current_language(), actor.organisation
    heads, rows = printed(made, language)
    return profile_pdf(
        made,
        profile,
        heads=heads,
        rows=rows,
        language=language,
        city=city_name(),
        made_by=organisation_names({own}).get(own, Text(own, own)),
        at=timezone.now(),
    )
