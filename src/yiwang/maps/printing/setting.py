"""A drawn map set on its sheet: PDF, or a PNG of the sheet or of the map alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from yiwang.kernel.days import day_text
from yiwang.kernel.text import Language, Text
from yiwang.maps.printing.contracts import DrawnMap, LegendPart, Paper, Turn
from yiwang.maps.printing.rules.papers import MARGIN, bar_of, sheet_size
from yiwang.platform.contracts import Json
from yiwang.trust.api import Template, draw_png, render

_TEMPLATES = Path(__file__).parent / "templates"
_MAP, _STILL = Template(_TEMPLATES / "map.typ"), Template(_TEMPLATES / "still.typ")
#: Points an inch of a preview on screen.
_PREVIEW = 72
_LEGEND, _NORTH = Text("图例", "Legend"), Text("北", "N")
_PUBLIC = Text("社会公众", "A member of the public")
_NO_PROOF = Text(
    "本图由平台按数据现状自动绘制，供参考，不作为权属、划界或施工的依据。",
    "Drawn by the platform from the data as they are, for information; no proof of rights or borders "
    "and no ground for works.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on the sheet beside the map; ``printed_by`` is an organisation, never a person."""

    title: str
    paper: Paper
    turn: Turn
    language: Language
    printed_by: Text | None
    city: Text
    at: datetime


def set_pdf(drawn: DrawnMap, sheet: Sheet) -> bytes:
    """Set the sheet as PDF."""
    return render(_MAP, _sheet_data(drawn, sheet)).content


def set_preview(drawn: DrawnMap, sheet: Sheet) -> bytes:
    """The same as a small picture."""
    return draw_png(_MAP, _sheet_data(drawn, sheet), ppi=_PREVIEW)


def set_still(drawn: DrawnMap, language: Language, *, ppi: int) -> bytes:
    """The map alone as PNG."""
    return draw_png(_STILL, map_data(drawn, language), ppi=ppi)


def map_data(drawn: DrawnMap, language: Language) -> dict[str, Json]:
    """What every template needs of a map."""
    length, metres = bar_of(drawn.frame.scale)
    return {
        "language": language,
        "colon": Text("：", ": ").in_(language),
        "svg": drawn.svg,
        "width": drawn.frame.width,
        "height": drawn.frame.height,
        "scale": f"1:{drawn.frame.scale:,}",
        "bar": {
            "length": length,
            "half": _metres(metres / 2, language).split(" ")[0],
            "words": _metres(metres, language),
        },
        "words": {"legend": _LEGEND.in_(language), "north": _NORTH.in_(language)},
        "legend": [_part(part, language) for part in drawn.legend],
        "notes": [each.in_(language) for each in drawn.notes],
        "crs": crs_words(drawn).in_(language),
    }


def crs_words(drawn: DrawnMap) -> Text:
    """The reference system in which the scale is true."""
    return Text(
        f"CGCS2000 3度带高斯投影，中央经线{drawn.meridian}°E（EPSG:{drawn.epsg}）",
        f"CGCS2000, 3-degree Gauss-Kruger, central meridian {drawn.meridian}°E (EPSG:{drawn.epsg})",
    )


def _sheet_data(drawn: DrawnMap, sheet: Sheet) -> dict[str, Json]:
    language = sheet.language
    width, height = sheet_size(sheet.paper, sheet.turn)
    data = map_data(drawn, language)
    printed = day_text(timezone.localtime(sheet.at)).in_(language)
    when = day_text(drawn.valid).in_(language) if drawn.valid else printed
    sources = Text("、", ", ").in_(language).join(each.in_(language) for each in drawn.sources)
    facts = [
        (Text("数据日期", "Data of"), when),
        (Text("打印日期", "Printed on"), printed),
        (Text("打印单位", "Printed by"), (sheet.printed_by or _PUBLIC).in_(language)),
        (Text("数据来源", "Source"), sources or "—"),
        (Text("坐标系", "Reference system"), str(data["crs"])),
    ]
    data |= {
        "title": sheet.title,
        "head": sheet.city.in_(language),
        "paper": {"width": width, "height": height},
        "margin": MARGIN,
        "landscape": sheet.turn == "landscape",
        "facts": [{"label": label.in_(language), "value": value} for label, value in facts],
        "notes": [_NO_PROOF.in_(language), *(each.in_(language) for each in drawn.notes)],
    }
    return data


def _part(part: LegendPart, language: Language) -> Json:
    is_told_by_title = len(part.lines) == 1 and part.lines[0].title == part.title
    return {
        "title": "" if is_told_by_title else part.title.in_(language),
        "lines": [
            {"shape": line.shape, "colour": line.colour, "line": line.line, "title": line.title.in_(language)}
            for line in part.lines
        ],
    }


def _metres(metres: float, language: Language) -> str:
    """``200 m``, ``2 km``; in Chinese ``200 米``, ``2 公里``."""
    if metres >= 2_000:
        return f"{metres / 1_000:g} {Text('公里', 'km').in_(language)}"
    return f"{metres:g} {Text('米', 'm').in_(language)}"
