"""Begin a layer that colours areas by what lies in them: entries of a register, counted or summed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps.definitions import FIGURE, Measure
from yiwang.maps.making.commands.begin_layer import faults_of_words, free_code, is_taken, opened
from yiwang.maps.making.contracts import LayerCodeTaken, Method, RegisterNotDrawable, SavedLayer
from yiwang.maps.making.queries.drafts import MAKE
from yiwang.maps.making.queries.drawable import drawable
from yiwang.maps.making.queries.proposing import proposed_breaks
from yiwang.maps.making.rules.palettes import ramp
from yiwang.maps.making.rules.starting import first_fields
from yiwang.maps.making.saving import kept, or_refuse
from yiwang.maps.queries.measuring import measured
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.definitions import FieldKind

_MOST_FIELDS = 3
_NO_AREAS = Text("请选择带行政区划代码的面", "Choose areas that have codes of divisions")


@command(operation=MAKE)
def begin_measure(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    measure: Measure,
    title: Text,
    summary: Text,
    group: Text,
    classes: int = 5,
    method: Method = "quantile",
    colours: str = "blues",
    code: str = "",
) -> SavedLayer:
    """Give a draft that could be published as it is: the areas of ``register`` in classes of the measure.

    Where too few areas have a number for classes, all are drawn alike.

    Raises:
        InvalidInput: the code or a text is not fit, or there are no areas with codes of divisions.
        RegisterNotDrawable: one of the registers is not there, or not for this officer.
        LayerCodeTaken: a layer or an open draft is called so.
        TimeLimitReached: the database took too long to propose classes.
    """
    owners = (actor.organisation,) if actor.organisation else ()
    permit(Scope(organisations=owners), subject="layers")
    problems = tuple(faults_of_words(code, title, summary, group))
    if problems:
        raise InvalidInput(problems=problems)
    drawn = drawable(actor, register, None)
    if drawn is None:
        raise RegisterNotDrawable
    if drawn.shape.kind is not FieldKind.AREA:
        raise InvalidInput(problems=(FieldProblem("register", _NO_AREAS),))
    counted = measured(actor, drawn, measure)
    if counted is None:
        raise RegisterNotDrawable
    named = code or free_code(f"{register[:26]}_{actor.organisation}")
    if is_taken(named):
        raise LayerCodeTaken(layer=named)
    content: dict[str, Json] = {
        "code": named,
        "title": {**title.as_dict()},
        "summary": {**summary.as_dict()},
        "group": {**group.as_dict()},
        "register": register,
        "shape": drawn.shape.name,
        "audience": {"kind": "officers"},
        "measure": kept(measure),
        "fields": [
            {"name": name} for name in (*first_fields(drawn.definition, drawn.clear)[:_MOST_FIELDS], FIGURE)
        ],
        "style": _style(proposed_breaks(counted, FIGURE, classes, method), colours),
        # an area that is left out would be a number that is left out
        "generalise": [{"rule": "simplify", "to_zoom": 13, "pixels": 1}],
    }
    return opened(named, actor.organisation, or_refuse(actor, content), actor=actor, at=at)


def _style(breaks: Sequence[float], colours: str) -> dict[str, Json]:
    style: dict[str, Json] = {"draw": "plain", "colour": "#b1b4b6"}
    if breaks:
        shades: list[Json] = [*ramp(colours, len(breaks) + 1)]
        style = {"draw": "classes", "field": FIGURE, "breaks": [*breaks], "colours": shades}
    return {**style, "line_colour": "#505a5f", "width": 1, "opacity": 0.8}
