"""The interface as OpenAPI 3.0. Collections are a parameter: which there are is not everybody's to know."""

from __future__ import annotations

from pydantic import JsonValue

_NUMBERS: JsonValue = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
_TEXT: JsonValue = {"type": "string"}


def _query(name: str, schema: JsonValue, said: str) -> dict[str, JsonValue]:
    asked: dict[str, JsonValue] = {"name": name, "in": "query", "required": False, "schema": schema}
    return asked | {"description": said, "style": "form", "explode": False}


def _header(name: str, said: str) -> dict[str, JsonValue]:
    return {"name": name, "in": "header", "required": False, "schema": _TEXT, "description": said}


def _in_path(name: str, schema: JsonValue) -> dict[str, JsonValue]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


_PARAMETERS: dict[str, dict[str, JsonValue]] = {
    "limit": _query(
        "limit", {"type": "integer", "minimum": 1, "maximum": 10000, "default": 10}, "Most features of a page"
    ),
    "bbox": _query("bbox", _NUMBERS, "Lower and upper corner; over the date line west is greater than east"),
    "datetime": _query("datetime", _TEXT, "A day, moment or interval, as what was so then"),
    "crs": _query("crs", {"type": "string", "format": "uri"}, "Reference system of the answer"),
    "bbox-crs": _query("bbox-crs", {"type": "string", "format": "uri"}, "Reference system of bbox"),
    "filter": _query("filter", {"type": "string", "maxLength": 8192}, "CQL2"),
    "filter-lang": _query(
        "filter-lang", {"type": "string", "enum": ["cql2-text", "cql2-json"]}, "Default cql2-text"
    ),
    "filter-crs": _query("filter-crs", {"type": "string", "format": "uri"}, "Reference system of the filter"),
    "count": _query("count", {"type": "string", "enum": ["none", "bounded"]}, "Whether to say numberMatched"),
    "page": _query("page", _TEXT, "As the link next has it"),
    "act": _query("act", {"type": "string", "enum": ["change", "correction"]}, "What is asked for"),
    "ifMatch": _header("If-Match", "ETag of the feature as it was read") | {"required": True},
    "reason": _header(
        "Yiwang-Reason", "Why it is to change, percent-encoded UTF-8, at most 2,000 characters"
    ),
    "contentCrs": _header("Content-Crs", "Reference system of the geometry"),
    "f": _query("f", {"type": "string", "enum": ["json", "html", "csv"]}, "Form; csv of features"),
    "fFile": _query(
        "f",
        {"type": "string", "enum": ["gpkg", "geojson", "shapefile", "shp_gb", "flatgeobuf", "csv_wkt"]},
        "Format of the file; always said",
    ),
    "fImage": _query("f", {"type": "string", "enum": ["png", "webp"]}, "Form of the picture"),
    "collectionId": _in_path(
        "collectionId", {"type": "string", "pattern": "^[a-z][a-z0-9_]{1,40}([.][0-9]{4})?$"}
    ),
    "featureId": _in_path("featureId", {"type": "integer", "minimum": 1}),
    "tileMatrixSetId": _in_path("tileMatrixSetId", _TEXT),
    "tileMatrix": _in_path("tileMatrix", _TEXT),
    "tileRow": _in_path("tileRow", {"type": "integer", "minimum": 0}),
    "tileCol": _in_path("tileCol", {"type": "integer", "minimum": 0}),
}
_ITEM_PARAMETERS = (
    "limit",
    "bbox",
    "datetime",
    "crs",
    "bbox-crs",
    "filter",
    "filter-lang",
    "filter-crs",
    "count",
)
_ONE = "/collections/{collectionId}"
_SET = "{tileMatrixSetId}"
_TILE = "{tileMatrix}/{tileRow}/{tileCol}"
_MVT = "application/vnd.mapbox-vector-tile"
_PNG, _WEBP = "image/png", "image/webp"
_IN_TILE = ("tileMatrix", "tileRow", "tileCol")
#: Path, what it is, its media type, and what may be asked.
_PATHS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("/", "getLandingPage", "application/json", ()),
    ("/conformance", "getConformance", "application/json", ()),
    ("/collections", "getCollections", "application/json", ()),
    (_ONE, "getCollection", "application/json", ("collectionId",)),
    (f"{_ONE}/queryables", "getQueryables", "application/schema+json", ("collectionId",)),
    (f"{_ONE}/items", "getFeatures", "application/geo+json", ("collectionId", *_ITEM_PARAMETERS, "page")),
    (
        f"{_ONE}/items/{{featureId}}",
        "getFeature",
        "application/geo+json",
        ("collectionId", "featureId", "crs"),
    ),
)
_GPKG = "application/geopackage+sqlite3"
#: A layer as one file.
_FILE_PATHS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        f"{_ONE}/download",
        "downloadFeatures",
        _GPKG,
        ("collectionId", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang", "filter-crs"),
    ),
)
#: Tiles, by the names that 20-057 gives to operations (its table 12).
_TILE_PATHS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("/tileMatrixSets", "getTileMatrixSetsList", "application/json", ()),
    (f"/tileMatrixSets/{_SET}", "getTileMatrixSet", "application/json", ("tileMatrixSetId",)),
    (f"{_ONE}/tiles", ".collection.vector.getTileSetsList", "application/json", ("collectionId",)),
    (
        f"{_ONE}/tiles/{_SET}",
        ".collection.vector.getTileSet",
        "application/json",
        ("collectionId", "tileMatrixSetId"),
    ),
    (
        f"{_ONE}/tiles/{_SET}/{_TILE}",
        ".collection.vector.getTile",
        _MVT,
        ("collectionId", "tileMatrixSetId", *_IN_TILE, "datetime"),
    ),
)
#: Imagery as map tiles; a tile is asked for in a form of its own.
_MAP_PATHS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (f"{_ONE}/map/tiles", ".collection.map.getTileSetsList", "application/json", ("collectionId",)),
    (
        f"{_ONE}/map/tiles/{_SET}",
        ".collection.map.getTileSet",
        "application/json",
        ("collectionId", "tileMatrixSetId"),
    ),
    (
        f"{_ONE}/map/tiles/{_SET}/{_TILE}",
        ".collection.map.getTile",
        _PNG,
        ("collectionId", "tileMatrixSetId", *_IN_TILE),
    ),
)
#: What may be sent to a feature's address, and as what.
_CHANGES = {
    "put": ("replaceFeature", "application/geo+json"),
    "patch": ("updateFeature", "application/merge-patch+json"),
    "delete": ("deleteFeature", ""),
}
_OF_CHANGE = ("collectionId", "featureId", "reason", "act", "ifMatch", "contentCrs")
_OF_NEW = ("collectionId", "reason", "contentCrs")
_REFUSED = ("400", "401", "404", "429", "503")
_REFUSED_CHANGES = ("403", "412", "413", "415", "422", "428")


def document(server: str, title: str) -> dict[str, JsonValue]:
    """The document."""
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1.0.0"},
        "servers": [{"url": server}],
        "paths": {
            path: _operations(name, kind, asked)
            for path, name, kind, asked in (*_PATHS, *_FILE_PATHS, *_TILE_PATHS, *_MAP_PATHS)
        },
        # the public layers are there without a token
        "security": [{}, {"bearer": []}],
        "components": {
            "parameters": {name: dict(said) for name, said in _PARAMETERS.items()},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operations(name: str, kind: str, asked: tuple[str, ...]) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {"get": _operation(name, kind, asked)}
    if name == "getFeatures":
        found["post"] = _change("addFeature", "application/geo+json", asked=_OF_NEW)
    if name == "getFeature":
        found |= {method: _change(*said) for method, said in _CHANGES.items()}
    return found


def _change(name: str, kind: str, *, asked: tuple[str, ...] = _OF_CHANGE) -> dict[str, JsonValue]:
    given: list[JsonValue] = [{"$ref": f"#/components/parameters/{each}"} for each in asked]
    answers: dict[str, JsonValue] = {
        code: {"description": "Refused, with the reason"} for code in (*_REFUSED, *_REFUSED_CHANGES)
    }
    said: dict[str, JsonValue] = {"operationId": name, "summary": name, "parameters": given}
    if kind:
        said["requestBody"] = {"required": True, "content": {kind: {"schema": {"type": "object"}}}}
    proposed: JsonValue = {"description": "Proposed; Location names the case that decides"}
    return said | {"responses": {"202": proposed, **answers}}


def _operation(name: str, kind: str, asked: tuple[str, ...]) -> dict[str, JsonValue]:
    problem: JsonValue = {"application/problem+json": {"schema": {"type": "object"}}}
    answers: dict[str, JsonValue] = {
        code: {"description": "Refused, with the reason", "content": problem} for code in _REFUSED
    }
    form = {_PNG: "fImage", _GPKG: "fFile"}.get(kind, "f")
    binary: JsonValue = {"schema": {"type": "string", "format": "binary"}}
    document: JsonValue = {kind: {"schema": {"type": "object"}}, "text/html": {"schema": {"type": "string"}}}
    pictures: JsonValue = {_PNG: binary, _WEBP: binary}
    file: JsonValue = {_GPKG: binary, "application/geo+json": binary, "application/octet-stream": binary}
    given = {_PNG: pictures, _GPKG: file}.get(kind, document)
    return {
        "operationId": name,
        "summary": name,
        "parameters": [{"$ref": f"#/components/parameters/{each}"} for each in (*asked, form)],
        "responses": {"200": {"description": "Given", "content": given}, **answers},
    }
