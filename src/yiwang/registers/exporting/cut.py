"""What an export holds: which entries, which fields, how each is seen, and as of when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from psycopg import sql

from yiwang.exchange.contracts import Secrecy
from yiwang.registers.contracts import AsOf, ExportFormat, Seen
from yiwang.registers.definitions import SHAPES, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.geographic import CGCS2000
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.tables import shown
from yiwang.registers.tables.columns import filled
from yiwang.registers.tables.sealing import plain

_SHAPE_TYPES = {
    FieldKind.POINT: "Point",
    FieldKind.PATH: "MultiLineString",
    FieldKind.AREA: "MultiPolygon",
}
#: What a spreadsheet would run is made a text by an apostrophe.
_ESCAPED = "CASE WHEN {c} ~ '^[=+@\\t\\r-]' THEN '''' || {c} ELSE {c} END"
_WKT = "ST_AsText({c}, 9)"
_TEXTS = {
    FieldKind.MOMENT: "to_char({c} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+08:00'",
    FieldKind.POINT: "CASE WHEN {c} IS NOT NULL THEN ST_X({c}) || ' ' || ST_Y({c}) END",
    FieldKind.PATH: _WKT,
    FieldKind.AREA: _WKT,
    FieldKind.DECIMAL: "trim_scale({c})::text",
    FieldKind.YES_NO: "CASE {c} WHEN true THEN 'true' WHEN false THEN 'false' END",
}
#: As RFC 7946 has them: borders against the clock, no reference system beside them.
_GEOJSON = {FieldKind.AREA: "ST_AsGeoJSON(ST_ForcePolygonCCW({c}), 9, 0)::json"}
_FEATURES = frozenset({ExportFormat.GEOJSONSEQ, ExportFormat.GEOJSON})
_SEPARATED = frozenset({ExportFormat.CSV, ExportFormat.CSV_WKT})
_FREE = frozenset(
    {
        FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.ADDRESS, FieldKind.REFERENCE, FieldKind.PHONE,
        FieldKind.CODE, FieldKind.JSON,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRows:
    """Rows that a layer of the map draws, where they are not just those of a register; SQL about ``t``."""

    relation: sql.Composable
    condition: sql.Composable
    #: Typed values of fields; a field that is not among them is a column of the register.
    columns: Mapping[str, sql.Composable]
    #: What relation and condition take.
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The rows and fields of an export."""

    definition: RegisterDefinition
    view: Mapping[str, Seen]
    #: What the table of features is called in formats that name it.
    name: str = "entries"
    #: A layer's rows in place of the register's.
    drawn: DrawnRows | None = None
    #: Rows at most; all where it is None.
    most: int | None = None
    #: Of one source only; all where it is empty.
    only_source: str = ""
    district: str = ""
    #: Field to allowed values, as a grant has them.
    rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    as_of: AsOf | None = None
    #: EPSG number of the reference system that shapes are given in.
    system: int = CGCS2000

    @property
    def fields(self) -> list[FieldDefinition]:
        """The fields of which something is seen, in the declared order."""
        return [f for f in self.definition.fields if self.view.get(f.name, Seen.HIDDEN) is not Seen.HIDDEN]

    @property
    def clear(self) -> list[FieldDefinition]:
        """The fields that are seen whole."""
        return [f for f in self.fields if self.view[f.name] is Seen.CLEAR]

    @property
    def shape(self) -> FieldDefinition | None:
        """The field that is the geometry of a feature: the first shape that is seen."""
        return next((f for f in self.clear if f.kind in SHAPES), None)

    @property
    def shape_type(self) -> str:
        """The type of the geometry; empty where there is none."""
        return _SHAPE_TYPES[self.shape.kind] if self.shape else ""

    def typed_columns(self) -> list[tuple[str, str]]:
        """Names and types in SQL of the columns, for formats that keep types."""
        return [(f.name, RULES[f.kind].column if f in self.clear else "text") for f in self.fields]

    @property
    def tells_of_people(self) -> bool:
        """Whether a field is about a person, masked or not: such a file is made for a reason."""
        return any(field.secrecy.level >= Secrecy.PERSONAL.level for field in self.fields)

    def parameters(self) -> Mapping[str, object]:
        """What the statement takes."""
        if self.drawn is not None:
            return self.drawn.parameters
        return {} if self.as_of is None else {"valid": self.as_of.valid, "known": self.as_of.known}

    def statement(self, form: ExportFormat) -> sql.Composed:
        """``COPY`` of ``subject, cells...`` as CSV; a subject is ``p`` or ``e`` and a number, or nothing."""
        cells = [self._feature()] if form in _FEATURES else [self._cell(f, form) for f in self.fields]
        return sql.SQL(
            "COPY (SELECT {subject}, {cells} FROM {relation} WHERE {where}{most}) TO STDOUT (FORMAT csv)"
        ).format(
            subject=self._subject(),
            cells=sql.SQL(", ").join(cells),
            relation=self._relation(),
            where=sql.SQL(" AND ").join(self._conditions(form)),
            most=sql.SQL("") if self.most is None else sql.SQL(" LIMIT {}").format(sql.Literal(self.most)),
        )

    def _relation(self) -> sql.Composable:
        if self.drawn is not None:
            return self.drawn.relation
        source = shown.as_of(self.definition) if self.as_of else shown.present(self.definition)
        return sql.SQL("{} t").format(source)

    def _column(self, name: str) -> sql.Composable:
        """The typed value of a field."""
        own = self.drawn.columns.get(name) if self.drawn is not None else None
        return plain(self.definition, name) if own is None else own

    def _cell(self, field: FieldDefinition, form: ExportFormat) -> sql.Composable:
        column = self._column(field.name)
        if self.view[field.name] is Seen.HINT:
            return filled(_ESCAPED, sql.SQL("({})").format(filled(RULES[field.kind].hint, column)))
        if field.kind in SHAPES and self.system != CGCS2000:
            column = sql.SQL("ST_Transform({}, {})").format(column, sql.Literal(self.system))
        if form is ExportFormat.CSV_WKT and field.kind in SHAPES:
            return filled(_WKT, column)
        if form in _SEPARATED:
            text = filled(_TEXTS.get(field.kind, "{c}"), column)
            return filled(_ESCAPED, sql.SQL("({}::text)").format(text)) if field.kind in _FREE else text
        if field is self.shape:
            return sql.SQL("encode(ST_AsBinary({}), 'hex')").format(column)
        if field.kind is FieldKind.MOMENT:
            return filled("to_char({c} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", column)
        return filled(_TEXTS.get(field.kind, "{c}"), column)

    def _feature(self) -> sql.Composed:
        """A feature of GeoJSON; a register without a shape gives features without a geometry."""
        geometry: sql.Composable = sql.SQL("NULL::json")
        if self.shape is not None:
            text = _GEOJSON.get(self.shape.kind, "ST_AsGeoJSON({c}, 9, 0)::json")
            geometry = filled(text, self._column(self.shape.name))
        properties = sql.SQL(", ").join(
            sql.SQL("{} AS {}").format(
                shown.said(f, self._column(f.name), self.view[f.name]), sql.Identifier(f.name)
            )
            for f in self.fields
            if f is not self.shape
        )
        return sql.SQL(
            "json_build_object('type', 'Feature', 'id', t._entry, 'geometry', {geometry}, 'properties', "
            "(SELECT row_to_json(v) FROM (SELECT {properties}) v))::text"
        ).format(geometry=geometry, properties=properties)

    def _subject(self) -> sql.Composable:
        subject = self.definition.subject
        if subject is None:
            return sql.SQL("NULL")
        kind: sql.Composable = sql.Literal(subject.kind)
        if subject.kind_field is not None:
            kind = sql.SQL("{}::text").format(sql.Identifier("t", subject.kind_field))
        # nobody's number has other characters; with them the line would have to be taken apart as CSV
        return sql.SQL("CASE WHEN {number} ~ '^[0-9A-Za-z]+$' THEN left({kind}, 1) || {number} END").format(
            number=sql.SQL("({}::text)").format(sql.Identifier("t", subject.field)), kind=kind
        )

    def _conditions(self, form: ExportFormat) -> list[sql.Composable]:
        found: list[sql.Composable] = [sql.SQL("TRUE")]
        if form is ExportFormat.FLATGEOBUF and self.shape is not None:
            # what is nowhere can't stand in its index
            found.append(filled("NOT ST_IsEmpty({c})", self._column(self.shape.name)))
        if self.drawn is not None:
            found.append(self.drawn.condition)
        if self.only_source:
            found.append(sql.SQL("t._source = {}").format(sql.Literal(self.only_source)))
        if self.district:
            found.append(sql.SQL("t._district = {}").format(sql.Literal(self.district)))
        for name, allowed in self.rows.items():
            column = plain(self.definition, name)
            if self.definition.get(name).kind is FieldKind.DIVISION:
                # a division grants everything within it
                within: list[sql.Composable] = [
                    sql.SQL("starts_with({}, {})").format(column, sql.Literal(code)) for code in allowed
                ]
                found.append(sql.SQL("({})").format(sql.SQL(" OR ").join(within or [sql.SQL("false")])))
            else:
                found.append(sql.SQL("{}::text = ANY({})").format(column, sql.Literal(list(allowed))))
        return found
