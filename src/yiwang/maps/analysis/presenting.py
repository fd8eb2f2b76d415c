"""A check in words, for the page and for paper alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yiwang.identity.api import organisation_names
from yiwang.kernel.days import day_text
from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import Opening, Owner, PipeFound, Standing, Verdict
from yiwang.maps.analysis.queries.checks import Check
from yiwang.maps.analysis.queries.declared import underground
from yiwang.maps.analysis.rules.together import joins, same_weeks
from yiwang.registers.api import get_register

Row = Mapping[str, Text]
_VERDICTS: Mapping[Verdict, tuple[Text, str]] = {
    "hit": (Text("在开挖范围内", "In the dig"), "danger"),
    "unknown": (Text("在范围内，埋深不明", "In the dig, depth unknown"), "danger"),
    "near": (Text("范围外5米内", "Within 5 m of it"), "warning"),
    "below": (Text("范围下方，更深", "Below the dig"), "info"),
}
_ORDER: tuple[Verdict, ...] = ("hit", "unknown", "near", "below")
_SHARING = {
    "full": Text("已全部共享", "Shares all"),
    "partial": Text("部分共享", "Shares some"),
    "none": Text("未共享", "Shares nothing"),
}
_NOTHING = Text("", "")
#: How an opening stands to the works in few words, what follows of it, and the tone.
_OVERLAPS = (
    Text("工期重叠", "Overlaps"),
    Text("与本次工期重叠，应统筹一次开挖", "Overlaps with these works: open the road once"),
    "warning",
)
_STANDINGS: Mapping[Standing, tuple[Text, Text, str]] = {
    "live": (Text("不重叠", "No overlap"), _NOTHING, "neutral"),
    "late": (
        Text("逾期未恢复", "Overdue"),
        Text(
            "工期已过而未登记恢复路面，请核实", "Its days are over and no restored road is entered: see to it"
        ),
        "warning",
    ),
    "rested": (
        Text("恢复不久", "Restored lately"),
        Text("路面恢复不久，请核实能否再挖", "Restored not long ago: see whether it may be dug up again"),
        "warning",
    ),
}
#: Not read in an official copy; no article is cited beyond what it is known for.
BASIS: tuple[Text, ...] = (
    Text(
        "《国务院办公厅关于加强城市地下管线建设管理的指导意见》（国办发〔2014〕27号）：管线信息共享，统筹开挖计划。",
        "State Council General Office 国办发〔2014〕27号 on urban underground pipes: data are shared, "
        "openings are planned together.",
    ),
    Text(
        "《城市道路管理条例》第三十三条：挖掘城市道路须经审批；"
        "新建、扩建、改建道路交付使用后5年内、大修竣工后3年内不得挖掘，特殊情况除外。",
        "Regulations on Urban Roads, article 33: digging up a road needs a permit; none for five years "
        "after it was built and three after it was repaired, but in special cases.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PipeLine:
    """A pipe in words; ``tone`` is that of the verdict."""

    pipe: PipeFound
    kind: Text
    owner: Text
    material: Text
    depth: Text
    where: Text
    verdict: Text
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLine:
    """An owner in words."""

    owner: Owner
    kind: Text
    authority: Text
    sharing: Text
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningLine:
    """An opening in words; ``tone`` is that of how it stands to the works, ``advice`` may be empty."""

    opening: Opening
    days: Text
    overlap: Text
    advice: Text
    tone: str
    #: Whom to talk to: the office that told of it, and what it gave as contact.
    contact: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherLine:
    """Openings of one road in the same weeks; ``also`` whether these works are in them too."""

    road: Text
    lines: tuple[OpeningLine, ...]
    also: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A whole check in words."""

    summary: Text
    #: Of the summary's notice: danger where a pipe may be struck.
    tone: str
    pipes: tuple[PipeLine, ...]
    owners: tuple[OwnerLine, ...]
    openings: tuple[OpeningLine, ...]
    together: tuple[TogetherLine, ...]
    unknown: tuple[Text, ...]
    basis: tuple[Text, ...]


def told(check: Check) -> Told:
    """Say a check in both languages."""
    found, kinds = check.found, _codes("kind")
    materials, owners = _codes("material"), {each.code: each.name for each in found.owners}
    offices = {each.authority for each in found.owners} | {each.office for each in found.openings}
    names = organisation_names(offices - {""})
    held = {pipe.owner for pipe in found.pipes}
    ordered = sorted(found.pipes, key=lambda pipe: (_ORDER.index(pipe.verdict), pipe.distance, pipe.code))
    return Told(
        summary=_summary(check),
        tone="danger" if any(pipe.verdict in {"hit", "unknown"} for pipe in found.pipes) else "warning",
        pipes=tuple(
            PipeLine(
                pipe=pipe,
                kind=kinds.get(pipe.kind, _same(pipe.kind)),
                owner=owners.get(pipe.owner, _same(pipe.owner)),
                material=materials.get(pipe.material, _same(pipe.material)),
                depth=_depth(pipe),
                where=_where(pipe),
                verdict=_VERDICTS[pipe.verdict][0],
                tone=_VERDICTS[pipe.verdict][1],
            )
            for pipe in ordered
        ),
        owners=tuple(
            OwnerLine(
                owner=each,
                kind=kinds.get(each.kind, _same(each.kind)),
                authority=names.get(each.authority, _same(each.authority)),
                sharing=_SHARING[each.sharing],
                why=Text("范围内或附近有其管线", "Has pipes here")
                if each.code in held
                else Text("可能有未登记的管线", "May have pipes that are not recorded"),
            )
            for each in found.owners
        ),
        openings=tuple(_opening(each, names) for each in found.openings),
        together=tuple(
            TogetherLine(
                road=_same(next((each.place for each in group if each.place), group[0].road)),
                lines=tuple(_opening(each, names) for each in group),
                also=joins(group, check.begins, check.ends),
            )
            for group in same_weeks(found.openings)
        ),
        unknown=found.unknown,
        basis=BASIS,
    )


def _opening(opening: Opening, names: Mapping[str, Text]) -> OpeningLine:
    overlap, advice, tone = _OVERLAPS if opening.overlaps else _STANDINGS[opening.standing]
    office = names.get(opening.office, _NOTHING)
    return OpeningLine(
        opening=opening,
        days=_days(opening),
        overlap=overlap,
        advice=advice,
        tone=tone,
        contact=Text(
            "，".join(each for each in (opening.contact, office.zh) if each) or "—",
            ", ".join(each for each in (opening.contact, office.en) if each) or "—",
        ),
    )


def _summary(check: Check) -> Text:
    pipes, depth = check.found.pipes, f"{check.depth.normalize():f}"
    struck = sum(1 for pipe in pipes if pipe.verdict in {"hit", "unknown"})
    near = sum(1 for pipe in pipes if pipe.verdict == "near")
    below = len(pipes) - struck - near
    if not pipes:
        return Text(
            f"登记的管线中，没有一段在这{check.found.size:,.1f}平方米、深{depth}米的范围内或5米之内。",
            f"No recorded pipe lies in these {check.found.size:,.1f} m², {depth} m deep, or within 5 m.",
        )
    return Text(
        f"在{check.found.size:,.1f}平方米、深{depth}米的范围内可能触及{struck}段管线；"
        f"5米之内另有{near}段，更深处有{below}段。",
        f"A dig of {check.found.size:,.1f} m², {depth} m deep, may strike {struck} pieces of pipe; {near} "
        f"more lie within 5 m, {below} below it.",
    )


def _depth(pipe: PipeFound) -> Text:
    known = [each for each in (pipe.depth_from, pipe.depth_to) if each is not None]
    if not known:
        return Text("不明", "unknown")
    low, high = min(known), max(known)
    words = f"{low:.2f}" if low == high else f"{low:.2f}–{high:.2f}"
    return Text(f"{words} 米", f"{words} m")


def _where(pipe: PipeFound) -> Text:
    if pipe.inside > 0:
        return Text(f"范围内{pipe.inside:g}米", f"{pipe.inside:g} m inside")
    return Text(f"距{pipe.distance:g}米", f"{pipe.distance:g} m away")


def _days(opening: Opening) -> Text:
    begins, ends = day_text(opening.begins), day_text(opening.ends)
    return Text(f"{begins.zh}至{ends.zh}", f"{begins.en} to {ends.en}")


def _codes(place: str) -> Mapping[str, Text]:
    """Words of the codes of all registers of pipes; letters of a kind mean the same in each (CJJ 61)."""
    found: dict[str, Text] = {}
    for declared in underground():
        name = declared.pipes.named().get(place) if declared.pipes else None
        try:
            codes = get_register(declared.register_code).get(name).codes if name else ()
        except NotFound:
            continue
        found |= {each.code: each.title for each in codes}
    return found


def _same(word: str) -> Text:
    return Text(word or "—", word or "—")
