"""Classes of the standards that are kept; each has its abstract test cases in the tests, by name."""

from __future__ import annotations

_SPEC = "http://www.opengis.net/spec"
_CLASSES = {
    "ogcapi-common-1/1.0": ("core",),
    "ogcapi-common-2/1.0": ("collections",),
    "ogcapi-features-1/1.0": ("core", "geojson", "html", "oas30"),
    "ogcapi-features-2/1.0": ("crs",),
    "ogcapi-features-3/1.0": (
        "queryables",
        "queryables-query-parameters",
        "filter",
        "features-filter",
    ),
    "ogcapi-features-4/1.0": (
        "create-replace-delete",
        "update",
        "optimistic-locking-etags",
        "features",
    ),
    "ogcapi-tiles-1/1.0": ("core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "png"),
    "tms/2.0": ("tilematrixset", "json-tilematrixset"),
    "cql2/1.0": (
        "cql2-text",
        "cql2-json",
        "basic-cql2",
        "advanced-comparison-operators",
        "case-insensitive-comparison",
        "basic-spatial-functions",
        "basic-spatial-functions-plus",
        "spatial-functions",
        "temporal-functions",
        "property-property",
    ),
}
CLASSES = tuple(f"{_SPEC}/{part}/conf/{name}" for part, names in _CLASSES.items() for name in names)
