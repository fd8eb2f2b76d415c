"""Rows to a GeoPackage, a batch at a time."""

from __future__ import annotations

import pyogrio

from yiwang.registers.exporting.converting.columns import AMOUNTS, Asked, asked, batches


def convert(order: Asked) -> None:
    """Write what comes in, as one layer."""
    shape: dict[str, str | None] = {"geometry_name": None}
    if order.shape:
        shape = {"geometry_name": order.shape, "GEOMETRY_NAME": order.shape, "crs": f"EPSG:{order.system}"}
    pyogrio.write_arrow(
        batches(order, but=AMOUNTS),
        order.path,
        layer=order.layer,
        driver="GPKG",
        geometry_type=order.shape_type if order.shape else None,
        **shape,
    )


if __name__ == "__main__":
    convert(asked())
