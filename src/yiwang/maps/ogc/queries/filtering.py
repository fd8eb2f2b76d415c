"""CQL2's tree as SQL over the fields that one reader sees whole.

A field that he sees masked or not at all is as unknown as one that nobody declared. Values are parameters,
never text of the statement; arithmetic and functions of one's own are not spoken: a division by zero in a row
of somebody else would tell of that row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from psycopg import sql
from pydantic import JsonValue

from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import FilterWrong
from yiwang.maps.ogc.queries.bounds import rectangle
from yiwang.maps.ogc.queries.temporal import TEMPORAL, Period, compare_periods
from yiwang.maps.ogc.rules.boxes import rectangles
from yiwang.maps.ogc.rules.properties import Type, type_of
from yiwang.maps.ogc.rules.shapes import geojson_of
from yiwang.maps.ogc.rules.systems import STORED, System
from yiwang.maps.ogc.rules.times import day_of, moment_of
from yiwang.maps.queries.layers import ReadLayer

_COMPARED = frozenset({"=", "<>", "<", ">", "<=", ">="})
_SPATIAL = {
    "s_intersects": "ST_Intersects",
    "s_equals": "ST_Equals",
    "s_disjoint": "ST_Disjoint",
    "s_touches": "ST_Touches",
    "s_within": "ST_Within",
    "s_overlaps": "ST_Overlaps",
    "s_crosses": "ST_Crosses",
    "s_contains": "ST_Contains",
}
_MOST_NESTED, _MOST_LISTED, _MOST_WILD = 60, 1_000, 8
#: By this name the geometry is asked for too, whatever the register calls it.
GEOMETRY = "geometry"
_SHAPES = frozenset({"type", "bbox"})


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a filter as SQL, with its type."""

    text: sql.Composable
    type: Type


def queryables(read: ReadLayer) -> Mapping[str, Said]:
    """What this reader may ask by."""
    found: dict[str, Said] = {}
    seen = read.seen
    for name, column in read.drawn.typed.items():
        kind = type_of(read.drawn.definition.get(name).kind)
        if name in seen and kind not in (None, Type.SHAPE):
            found[name] = Said(column, kind)
    shape = Said(read.drawn.kept, Type.SHAPE)
    return {**found, read.drawn.shape.name: shape, GEOMETRY: found.get(GEOMETRY, shape)}


@dataclass(slots=True)
class Compiler:
    """Compiles one filter; ``params`` holds its values."""

    known: Mapping[str, Said]
    system: System
    params: dict[str, object] = field(default_factory=dict)

    def condition(self, tree: JsonValue, depth: int = 0) -> sql.Composable:
        """A part that is true or false.

        Raises:
            FilterWrong
        """
        if depth > _MOST_NESTED:
            raise FilterWrong(where="…", why=Text("嵌套过多", "it is nested too deeply"))
        if isinstance(tree, bool):
            return sql.SQL("TRUE" if tree else "FALSE")
        if not isinstance(tree, dict) or "op" not in tree:
            return self._typed(tree, Type.BOOLEAN).text
        op, args = tree.get("op"), tree.get("args")
        if not isinstance(op, str) or not isinstance(args, list):
            raise _unfit(str(op)[:40])
        return self._operation(op, args, depth)

    def _operation(self, op: str, args: list[JsonValue], depth: int) -> sql.Composable:
        if op in ("and", "or") and len(args) >= 2:
            parts = [self.condition(part, depth + 1) for part in args]
            return sql.SQL("({})").format(sql.SQL(f" {op.upper()} ").join(parts))
        if op == "not" and len(args) == 1:
            return sql.SQL("(NOT {})").format(self.condition(args[0], depth + 1))
        if op in _COMPARED and len(args) == 2:
            return self._compared(op, args)
        if op in _SPATIAL and len(args) == 2:
            return self._spatial(op, args)
        if op in TEMPORAL and len(args) == 2:
            return compare_periods(op, self._period(args[0], op), self._period(args[1], op))
        special: Mapping[str, Callable[[list[JsonValue]], sql.Composable]] = {
            "like": self._like,
            "between": self._between,
            "in": self._in,
            "isNull": self._is_null,
        }
        if op not in special:
            raise FilterWrong(
                where=op[:40],
                why=Text(
                    "没有这个运算或函数，或参数个数不对",
                    "there is no such operator or function of so many arguments",
                ),
            )
        return special[op](args)

    def _compared(self, op: str, args: list[JsonValue]) -> sql.Composable:
        left, right = (self.scalar(each) for each in args)
        if Type.SHAPE in (left.type, right.type):
            raise _unfit(op)
        left, right = _alike(left, right, op)
        return sql.SQL("({} {} {})").format(left.text, sql.SQL(op), right.text)

    def _like(self, args: list[JsonValue]) -> sql.Composable:
        if len(args) != 2:
            raise _unfit("like")
        pattern = args[1]
        inner = pattern
        while isinstance(inner, dict) and inner.get("op") == "casei" and isinstance(inner.get("args"), list):
            found = inner["args"]
            inner = found[0] if isinstance(found, list) and found else None
        if not isinstance(inner, str):
            raise _unfit("like")
        plain = inner.replace("\\\\", "")
        if plain.endswith("\\") or plain.count("%") > _MOST_WILD:
            raise FilterWrong(
                where=f"like {inner[:40]}",
                why=Text(
                    f"以反斜杠结尾，或百分号超过{_MOST_WILD}个",
                    f"it ends in a backslash or has more than {_MOST_WILD} percent signs",
                ),
            )
        value, like = self._typed(args[0], Type.TEXT), self._typed(pattern, Type.TEXT)
        return sql.SQL("({} LIKE {})").format(value.text, like.text)

    def _between(self, args: list[JsonValue]) -> sql.Composable:
        if len(args) != 3:
            raise _unfit("between")
        value, low, high = (self.scalar(each) for each in args)
        if value.type in (Type.SHAPE, Type.BOOLEAN, Type.TEXT):
            raise _unfit("between")
        _alike(value, low, "between"), _alike(value, high, "between")
        return sql.SQL("({} BETWEEN {} AND {})").format(value.text, low.text, high.text)

    def _in(self, args: list[JsonValue]) -> sql.Composable:
        listed = args[1] if len(args) == 2 else None
        if not isinstance(listed, list) or not 0 < len(listed) <= _MOST_LISTED:
            raise _unfit("in")
        value = self.scalar(args[0])
        if value.type is Type.SHAPE:
            raise _unfit("in")
        parts = [_alike(value, self.scalar(each), "in")[1].text for each in listed]
        return sql.SQL("({} IN ({}))").format(value.text, sql.SQL(", ").join(parts))

    def _is_null(self, args: list[JsonValue]) -> sql.Composable:
        if len(args) != 1:
            raise _unfit("isNull")
        return sql.SQL("({} IS NULL)").format(self.scalar(args[0]).text)

    def _spatial(self, op: str, args: list[JsonValue]) -> sql.Composable:
        left, right = (self._typed(each, Type.SHAPE) for each in args)
        return sql.SQL("{}({}, {})").format(sql.SQL(_SPATIAL[op]), left.text, right.text)

    def scalar(self, tree: JsonValue) -> Said:
        """A value with its type.

        Raises:
            FilterWrong
        """
        if isinstance(tree, bool):
            return Said(self._param(tree, "boolean"), Type.BOOLEAN)
        if isinstance(tree, int | float):
            return Said(self._param(Decimal(repr(tree)), "numeric"), Type.NUMBER)
        if isinstance(tree, str):
            if "\x00" in tree:
                raise _unfit("U+0000")
            return Said(self._param(tree, "text"), Type.TEXT)
        if not isinstance(tree, dict):
            raise _unfit(str(tree)[:40])
        return self._named(tree)

    def _named(self, tree: Mapping[str, JsonValue]) -> Said:
        if "property" in tree:
            return self._property(tree["property"])
        if tree.get("op") == "casei":
            args = tree.get("args")
            if not isinstance(args, list) or len(args) != 1:
                raise _unfit("casei")
            return Said(sql.SQL("lower({})").format(self._typed(args[0], Type.TEXT).text), Type.TEXT)
        if "date" in tree or "timestamp" in tree:
            return self._instant(tree)
        if tree.keys() & _SHAPES:
            return Said(self._shape(tree), Type.SHAPE)
        raise FilterWrong(
            where=str(tree.get("op", "…"))[:40],
            why=Text("没有这个运算或函数", "there is no such operator or function"),
        )

    def _property(self, name: JsonValue) -> Said:
        found = self.known.get(name) if isinstance(name, str) else None
        if found is None:
            raise FilterWrong(where=str(name)[:40], why=Text("没有这个属性", "there is no such property"))
        return found

    def _instant(self, tree: Mapping[str, JsonValue]) -> Said:
        said = str(tree.get("date", tree.get("timestamp")))[:40]
        if "date" in tree and len(said) == 10 and (day := day_of(said)) is not None:
            return Said(self._param(day, "date"), Type.DATE)
        if "timestamp" in tree and (moment := moment_of(said)) is not None:
            return Said(self._param(moment, "timestamptz"), Type.MOMENT)
        raise FilterWrong(
            where=said, why=Text("不是日期或带时区的时刻", "this is no day and no moment with its zone")
        )

    def _shape(self, tree: Mapping[str, JsonValue]) -> sql.Composable:
        if "bbox" not in tree:
            made = self._param(geojson_of(dict(tree), self.system), "text")
            shape = sql.SQL("ST_SetSRID(ST_GeomFromGeoJSON({}), {})").format(
                made, sql.Literal(self.system.srid)
            )
            kept = sql.SQL("ST_Transform({}, {})").format(shape, sql.Literal(STORED))
            return sql.SQL("ST_MakeValid({})").format(kept)
        numbers = tree["bbox"]
        if not isinstance(numbers, list):
            raise _unfit("bbox")
        said = [
            float(each) for each in numbers if isinstance(each, int | float) and not isinstance(each, bool)
        ]
        found = rectangles(said if len(said) == len(numbers) else [], self.system, "filter: bbox")
        first = f"f{len(self.params)}"
        parts = [rectangle(box, self.system, f"{first}_{n}", self.params) for n, box in enumerate(found)]
        if not parts:
            return sql.SQL("ST_GeomFromText('POLYGON EMPTY', {})").format(sql.Literal(STORED))
        return parts[0] if len(parts) == 1 else sql.SQL("ST_Collect({}, {})").format(*parts)

    def _period(self, tree: JsonValue, op: str) -> Period:
        if isinstance(tree, dict) and "interval" in tree:
            ends = tree["interval"]
            if not isinstance(ends, list) or len(ends) != 2:
                raise _unfit("interval")
            since, until = (None if end in ("..", "") else self._end(end) for end in ends)
            return Period.of(*(None if each is None else (each.text, each.type) for each in (since, until)))
        found = self._end(tree)
        if found.type not in (Type.DATE, Type.MOMENT):
            raise _unfit(op)
        return Period.of((found.text, found.type), (found.text, found.type))

    def _end(self, tree: JsonValue) -> Said:
        if isinstance(tree, str):
            return self._instant({"date" if len(tree) == 10 else "timestamp": tree})
        found = self.scalar(tree)
        if found.type not in (Type.DATE, Type.MOMENT):
            raise _unfit("interval")
        return found

    def _typed(self, tree: JsonValue, wanted: Type) -> Said:
        found = self.scalar(tree)
        if found.type is not wanted:
            raise _unfit(_words(tree))
        return found

    def _param(self, value: object, kind: str) -> sql.Composable:
        name = f"f{len(self.params)}"
        self.params[name] = value
        return sql.SQL("{}::{}").format(sql.Placeholder(name), sql.SQL(kind))


def _alike(left: Said, right: Said, where: str) -> tuple[Said, Said]:
    """Values of one type; a day is none with a moment, for whose midnight would it be?"""
    if left.type is not right.type:
        raise FilterWrong(
            where=where,
            why=Text(f"{left.type}与{right.type}不能比较", f"{left.type} and {right.type} are not compared"),
        )
    return left, right


def _words(tree: JsonValue) -> str:
    if isinstance(tree, dict):
        return str(tree.get("property", tree.get("op", "…")))[:40]
    return str(tree)[:40]


def _unfit(where: str) -> FilterWrong:
    return FilterWrong(
        where=where,
        why=Text("参数的类型或个数不对", "an argument is of the wrong type, or there are too many or few"),
    )
