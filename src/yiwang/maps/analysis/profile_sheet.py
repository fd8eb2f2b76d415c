"""A profile drawn, for the page and for paper alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from yiwang.kernel.days import day_text
from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.contracts import Profile, Study
from yiwang.maps.analysis.rules.figure import figure_of
from yiwang.maps.printing.api import turn
from yiwang.platform.contracts import Json
from yiwang.trust.api import Template, render

_SHEET = Template(Path(__file__).parents[1] / "printing" / "templates" / "profile.typ")
_ACROSS = Text("距离（米）", "Distance (m)")
_DEPTH = Text("路面以下深度（米）", "Depth below the street (m)")
_HEIGHT = Text("高程（米）", "Height above the sea (m)")
_NO_PROOF = Text(
    "按登记的位置和埋深绘制，管线的横竖比例不同；有误差，不作施工依据，动土前须现场探测。",
    "Drawn from recorded places and depths, on different scales across and down; they err: no ground for "
    "works, detect on site before digging.",
)


def drawing(study: Study, profile: Profile, language: Language) -> str:
    """The profile as SVG, with a title and a description for who doesn't see it."""
    context = {
        "figure": figure_of(profile),
        "title": study.title.in_(language),
        "described": described(profile).in_(language),
        "across": _ACROSS.in_(language),
        "up": (_HEIGHT if profile.ground else _DEPTH).in_(language),
    }
    return render_to_string("maps/analysis/profile.svg", context)


def described(profile: Profile) -> Text:
    """In one or two sentences: how long, how many, how deep, and by what the ground is known."""
    tops = [top for piece in profile.pieces for top in (piece.top_begin, piece.top_end) if top is not None]
    missing = sum(1 for piece in profile.pieces if piece.top_begin is None or piece.top_end is None)
    zh = f"全长{profile.length:g}米，管线{len(profile.pieces)}段"
    en = f"{profile.length:g} m long, pieces of pipe: {len(profile.pieces)}"
    if tops:
        zh += f"，管顶埋深{min(tops):g}至{max(tops):g}米"
        en += f"; their tops lie {min(tops):g} to {max(tops):g} m deep"
    if missing:
        zh += f"；{missing}段没有埋深记录，画成空心，不表示深度"
        en += f". Of {missing} no depth is recorded: they are drawn hollow and tell no depth"
    if profile.source is None:
        return Text(
            f"{zh}。地面高程不详，按路面以下深度绘制。", f"{en}. The ground’s height isn’t known here."
        )
    return Text(f"{zh}。地面高程：{profile.source.zh}。", f"{en}. Height of the ground: {profile.source.en}.")


def profile_pdf(
    study: Study,
    profile: Profile,
    *,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    language: Language,
    city: Text,
    made_by: Text,
    at: datetime,
) -> bytes:
    """Set the drawing with its table.

    Raises:
        PrinterBusy
    """
    facts = [
        (Text("绘制单位", "Drawn for"), made_by.in_(language)),
        (Text("打印日期", "Printed on"), day_text(timezone.localtime(at)).in_(language)),
        (Text("坐标系", "Reference system"), "CGCS2000"),
    ]
    data: dict[str, Json] = {
        "language": language,
        "title": study.title.in_(language),
        "city": city.in_(language),
        "facts": [{"label": label.in_(language), "value": value} for label, value in facts],
        "described": described(profile).in_(language),
        "svg": drawing(study, profile, language),
        "heads": list(heads),
        "rows": [list(row) for row in rows],
        "note": _NO_PROOF.in_(language),
    }
    with turn():
        return render(_SHEET, data).content
