"""A study's questions; which of them count hangs on the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from yiwang.kernel.text import Text
from yiwang.maps.analysis.queries.study_limits import measurable
from yiwang.maps.analysis.rules.studying import PACE
from yiwang.maps.analysis.web.study_words import METHOD_WORDS
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.web.controls import Control, Option


def controls(
    said: Mapping[str, str], faults: Mapping[str, Text], layers: Sequence[ReadLayer]
) -> list[Control]:
    """The questions; which of them count hangs on the first."""

    def errors(name: str) -> tuple[Text, ...]:
        return (faults[name],) if name in faults else ()

    options = [Option(value=each.layer.code, label=each.layer.title) for each in layers]
    methods = [Option(value=key, label=words) for key, words in METHOD_WORDS.items()]
    none = Option(value="", label=Text("（无）", "(none)"))
    return [
        Control(
            kind="choice",
            name="method",
            label=Text("做什么", "What to do"),
            value=said["method"] or "near",
            options=methods,
            errors=errors("method"),
        ),
        Control(
            kind="choice",
            name="layer",
            label=Text("图层", "Layer"),
            value=said["layer"],
            options=[none, *options],
            errors=errors("layer"),
        ),
        Control(
            kind="choice",
            name="other",
            label=Text("另一图层", "Another layer"),
            hint=Text(
                "缓冲区、汇总、密度、热点和剖面不用",
                "Not for buffers, totals, density, hot spots and profiles",
            ),
            value=said["other"],
            options=[none, *options],
            required=False,
            errors=errors("other"),
        ),
        Control(
            kind="choice",
            name="measured",
            label=Text("汇总哪个数值", "Number to sum up"),
            hint=Text(
                "用于统计、汇总和密度：另给出合计、平均、最小、最大",
                "For statistics, totals and density: its sum, mean, least and greatest too",
            ),
            value=said["measured"],
            options=[none, *_numbers(layers)],
            required=False,
            errors=errors("measured"),
        ),
        *_bounds(said, errors),
    ]


def _numbers(layers: Sequence[ReadLayer]) -> list[Option]:
    """Every number of every layer; the answer must be of the chosen one."""
    return [
        Option(
            value=f"{each.layer.code}.{name}",
            label=Text(
                f"{each.layer.title.zh}：{each.drawn.definition.get(name).title.zh}",
                f"{each.layer.title.en}: {each.drawn.definition.get(name).title.en}",
            ),
        )
        for each in layers
        for name in measurable(each)
    ]


def _bounds(said: Mapping[str, str], errors: Callable[[str], tuple[Text, ...]]) -> list[Control]:
    """How far, and where."""
    return [
        Control(
            kind="text",
            name="metres",
            label=Text("距离，或方格边长", "Distance, or side of the cells"),
            hint=Text("用于邻近、缓冲区、密度和热点", "For near, buffer, density and hot spots"),
            value=said["metres"],
            unit=Text("米", "m"),
            width=8,
            required=False,
            errors=errors("metres"),
        ),
        Control(
            kind="text",
            name="minutes",
            label=Text("步行时间", "Time on foot"),
            hint=Text(f"按每分钟{PACE}米计算", f"At {PACE} m a minute"),
            value=said["minutes"],
            unit=Text("分钟", "minutes"),
            width=5,
            required=False,
            errors=errors("minutes"),
        ),
        Control(
            kind="long_text",
            name="line",
            label=Text("剖面线", "Line of the profile"),
            hint=Text(
                "用于管线剖面：每行一点，经度,纬度（CGCS2000，度），也可粘贴WKT线",
                "For profiles of pipes: a place a line, longitude,latitude (CGCS2000, degrees), or paste a "
                "WKT line",
            ),
            rows=3,
            value=said["line"],
            required=False,
            errors=errors("line"),
        ),
        Control(
            kind="long_text",
            name="area",
            label=Text("范围", "Within"),
            hint=Text(
                "每行一个角点：经度,纬度（CGCS2000，度），也可粘贴WKT面；留空为全部。可在地图页用“画图”画出",
                "A corner a line: longitude,latitude (CGCS2000, degrees), or paste a WKT polygon; empty for "
                "everything. The map page’s tool “Draw” gives them",
            ),
            rows=3,
            value=said["area"],
            required=False,
            errors=errors("area"),
        ),
    ]


def title_controls(said: Mapping[str, str], faults: Mapping[str, Text]) -> list[Control]:
    """What the layer is called under which a result is kept."""
    labels = {
        "title_zh": Text("图层名称（中文）", "Title of the layer (Chinese)"),
        "title_en": Text("图层名称（英文）", "Title of the layer (English)"),
    }
    return [
        Control(
            kind="text",
            name=name,
            label=label,
            value=said[name],
            max_length=60,
            errors=(faults[name],) if name in faults else (),
        )
        for name, label in labels.items()
    ]
