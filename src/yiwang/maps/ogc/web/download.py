"""A layer as a download: all of it, or what box, day and filter choose, in the formats of exports."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe
from pydantic import JsonValue

from yiwang.exchange.api import find_asker
from yiwang.exchange.contracts import TooFast
from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import ParameterRefused, ParameterUnknown
from yiwang.maps.ogc.queries.downloading import MOST_AT_ONCE, needs_reason, write_layer
from yiwang.maps.ogc.queries.items import Reader
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.asking import read_asked
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.http.pace import Pace
from yiwang.registers.api import CGCS2000, EXPORT_SYSTEMS, FORMS, WHILE_WAITING, export_folder
from yiwang.registers.contracts import ExportFormat

#: Of the formats of exports those that a page and a catalogue name, the most used first.
OFFERED = (
    ExportFormat.GPKG,
    ExportFormat.GEOJSON,
    ExportFormat.SHAPEFILE,
    ExportFormat.SHAPEFILE_GB,
    ExportFormat.FLATGEOBUF,
    ExportFormat.CSV_WKT,
)
#: Files a second from one address, in each web process.
_pace = Pace(3)
#: A file is not a page of features.
_OF_PAGES = ("limit", "page", "count")


@require_safe
@say.telling_people
def download(request: HttpRequest, code: str) -> FileResponse:
    """Give the file."""
    for name in _OF_PAGES:
        if name in request.GET:
            raise ParameterUnknown(name=name)
    form, asked = _form(request.GET.get("f", "")), read_asked(request, of_form=True)
    reader = Reader(actor=find_asker(request), at=timezone.now())
    if seconds := _pace.take(request):
        raise TooFast(seconds=seconds)
    system = asked.system.srid if request.GET.get("crs") else CGCS2000
    about = FORMS[form]
    # its name is gone when this ends, and the bytes with the last who reads them
    with TemporaryDirectory(prefix=WHILE_WAITING, dir=export_folder()) as folder:
        path = Path(folder) / f"{code}.{about.suffix}"
        write_layer(reader, code, asked, form, path, system=system)
        answer = FileResponse(
            path.open("rb"), as_attachment=True, filename=path.name, content_type=about.media_type
        )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def enclosures(request: HttpRequest, read: ReadLayer) -> list[JsonValue]:
    """Where a collection is downloaded (17-069r4, 7.13: links of the type ``enclosure``), if at once."""
    if needs_reason(read):
        return []
    there = say.address(request, "download", read.layer.code)
    return [
        say.link(f"{there}?f={form}", "enclosure", FORMS[form].media_type, FORMS[form].title)
        for form in OFFERED
    ]


def offer_of(read: ReadLayer) -> dict[str, object]:
    """What the page of a layer says of its files; ``forms`` are none where a file is made for a reason."""
    forms = () if needs_reason(read) else OFFERED
    return {
        "forms": [(form, FORMS[form].title) for form in forms],
        "systems": [(f"EPSG:{number}", title) for number, title in EXPORT_SYSTEMS.items()],
        "most": MOST_AT_ONCE,
    }


def _form(said: str) -> ExportFormat:
    if said not in set(ExportFormat):
        known = ", ".join(ExportFormat)
        raise ParameterRefused(name="f", why=Text(f"应为{known}之一", f"it is one of {known}"))
    return ExportFormat(said)
