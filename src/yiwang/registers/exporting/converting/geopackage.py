"""Rows to a GeoPackage, a batch at a time."""

from __future__ import annotations

import pyogrio

from yiwang.registers.exporting.converting.columns import Asked, asked, batches

#: SQLite has no decimals: amounts stay exact as text.
_AS_TEXT = frozenset({"numeric(26, 6)", "numeric(18, 2)"})


def convert(order: Asked) -> None:
    """Write what comes in, as one layer."""
    shape: dict[str, str | None] = {"geometry_name": None}
    if order.shape:
        shape = {"geometry_name": order.shape, "GEOMETRY_NAME": order.shape, "crs": "EPSG:4490"}
    pyogrio.write_arrow(
        batches(order, but=_AS_TEXT),
        order.path,
        layer="entries",
        driver="GPKG",
        geometry_type=order.shape_type if order.shape else None,
        **shape,
    )


if __name__ == "__main__":
    convert(asked())
