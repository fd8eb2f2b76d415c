"""Buildings as binary glTF 2.0 (ISO/IEC 12113), one mesh, each building told apart by EXT_mesh_features."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from yiwang.maps.solids.contracts import Building, Corner, Outline, Vertex
from yiwang.maps.solids.rules.extruding import extrude, upright
from yiwang.maps.solids.rules.globe import Point, Stand
from yiwang.maps.solids.rules.triangulating import triangulate

MEDIA_TYPE = "model/gltf-binary"
_JSON, _BINARY = 0x4E4F534A, 0x004E4942
_FLOAT, _UNSIGNED, _VERTICES, _INDEXES = 5126, 5125, 34962, 34963


def glb_of(buildings: Sequence[Building], stand: Stand, colour: str) -> bytes:
    """Metres from ``stand``, y upwards as glTF has it; nothing but an empty scene where nothing stands."""
    points: list[Point] = []
    numbers: list[float] = []
    indexes: list[int] = []
    for number, building in enumerate(buildings):
        for outline in building.outlines:
            corners, triangles = _surface(outline, building.height)
            first = len(points)
            points += [_lifted(building, vertex, stand) for vertex in corners]
            numbers += [float(number)] * len(corners)
            indexes += [first + each for triangle in triangles for each in triangle]
    told: list[JsonValue] = [{"entry": each.entry, **each.values} for each in buildings]
    if not points:
        return _packed({"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": []}]}, b"")
    parts = (
        struct.pack(f"<{3 * len(points)}f", *(value for point in points for value in point)),
        struct.pack(f"<{len(numbers)}f", *numbers),
        struct.pack(f"<{len(indexes)}I", *indexes),
    )
    return _packed(_described(points, len(indexes), parts, told, colour), b"".join(parts))


def _surface(outline: Outline, height: int) -> tuple[Sequence[Vertex], list[tuple[int, int, int]]]:
    """Vertices and triangles; of what has no height its ground alone."""
    outline = upright(outline)
    flat = triangulate(outline)
    if height <= 0:
        corners: dict[Vertex, int] = {}
        for triangle in flat:
            for east, north in triangle:
                corners.setdefault((east, north, 0), len(corners))
        return tuple(corners), [_numbered(triangle, 0, corners) for triangle in flat]
    body = extrude(outline, 0, height)
    known = {vertex: number for number, vertex in enumerate(body.vertices)}
    triangles = [_numbered(triangle, height, known) for triangle in flat]
    triangles += [_numbered(triangle[::-1], 0, known) for triangle in flat]
    for ((one, two, three, four),) in (face for face in body.faces[2:] if len(face) == 1):
        triangles += [(one, two, three), (one, three, four)]
    return body.vertices, triangles


def _numbered(triangle: Iterable[Corner], height: int, known: dict[Vertex, int]) -> tuple[int, int, int]:
    one, two, three = (known[east, north, height] for east, north in triangle)
    return one, two, three


def _lifted(building: Building, vertex: Vertex, stand: Stand) -> Point:
    east, north, up = stand.local(building.places[vertex[0], vertex[1]], vertex[2] / 1000)
    return east, up, -north


def _described(
    points: Sequence[Point], many: int, parts: Sequence[bytes], told: list[JsonValue], colour: str
) -> dict[str, JsonValue]:
    starts = (0, len(parts[0]), len(parts[0]) + len(parts[1]))
    targets = (_VERTICES, _VERTICES, _INDEXES)
    views: list[JsonValue] = [
        {"buffer": 0, "byteOffset": start, "byteLength": len(part), "target": target}
        for start, part, target in zip(starts, parts, targets, strict=True)
    ]
    # as they are written, in single precision
    written = list(struct.iter_unpack("<3f", parts[0]))
    bounds: dict[str, JsonValue] = {
        "min": [min(point[axis] for point in written) for axis in range(3)],
        "max": [max(point[axis] for point in written) for axis in range(3)],
    }
    surface: JsonValue = {
        "baseColorFactor": _linear(colour),
        "metallicFactor": 0.0,
        "roughnessFactor": 0.9,
    }
    features: JsonValue = {"featureIds": [{"featureCount": len(told), "attribute": 0}]}
    return {
        "asset": {"version": "2.0", "generator": "Yiwang"},
        "extensionsUsed": ["EXT_mesh_features"],
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "materials": [{"pbrMetallicRoughness": surface}],
        "meshes": [
            {
                "primitives": [
                    {
                        "attributes": {"POSITION": 0, "_FEATURE_ID_0": 1},
                        "indices": 2,
                        "material": 0,
                        "mode": 4,
                        "extensions": {"EXT_mesh_features": features},
                    }
                ],
                "extras": {"buildings": told},
            }
        ],
        "accessors": [
            {"bufferView": 0, "componentType": _FLOAT, "count": len(points), "type": "VEC3", **bounds},
            {"bufferView": 1, "componentType": _FLOAT, "count": len(points), "type": "SCALAR"},
            {"bufferView": 2, "componentType": _UNSIGNED, "count": many, "type": "SCALAR"},
        ],
        "bufferViews": views,
        "buffers": [{"byteLength": sum(len(part) for part in parts)}],
    }


def _linear(colour: str) -> list[JsonValue]:
    """A colour of the screen as light (IEC 61966-2-1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return [round(each, 5) for each in (*light, 1.0)]


def _packed(described: dict[str, JsonValue], binary: bytes) -> bytes:
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<II", len(text), _JSON) + text
    if binary:
        binary += bytes(-len(binary) % 4)
        chunks += struct.pack("<II", len(binary), _BINARY) + binary
    return b"glTF" + struct.pack("<II", 2, 12 + len(chunks)) + chunks
