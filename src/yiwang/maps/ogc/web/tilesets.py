"""A tile set as 17-083r4 writes it in JSON, of vector tiles and of map tiles alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.http import HttpRequest
from pydantic import JsonValue

from yiwang.maps.ogc.rules.matrices import MatrixSet
from yiwang.maps.ogc.rules.systems import CRS84
from yiwang.maps.ogc.web import answering as say

SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"


def described_tileset(
    request: HttpRequest,
    found: MatrixSet,
    *,
    here: str,
    code: str,
    title: str,
    data_type: Literal["vector", "map"],
    items: Mapping[str, str],
) -> dict[str, JsonValue]:
    """The set; ``items`` are the addresses of a tile, with places to fill in, and the media type of each."""
    scheme = say.address(request, "matrix-set", found.id)
    said: dict[str, JsonValue] = {
        "title": f"{title} ({found.id})",
        "dataType": data_type,
        "crs": found.system_uri,
        "tileMatrixSetId": found.id,
        "tileMatrixSetURI": found.uri or scheme,
        "layers": [{"id": code, "dataType": data_type, "title": title, "crs": CRS84}],
        "links": [
            say.link(here, "self"),
            say.link(scheme, SCHEME),
            *(say.link(place, "item", kind) | {"templated": True} for place, kind in items.items()),
        ],
    }
    return said
