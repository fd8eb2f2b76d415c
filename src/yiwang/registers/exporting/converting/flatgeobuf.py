"""Rows to FlatGeobuf with its index, which lets a browser read what lies in a box without the rest."""

from __future__ import annotations

import pyogrio

from yiwang.registers.exporting.converting.columns import AMOUNTS, Asked, asked, batches


def convert(order: Asked) -> None:
    """Write what comes in."""
    pyogrio.write_arrow(
        batches(order, but=AMOUNTS),
        order.path,
        layer=order.layer,
        driver="FlatGeobuf",
        geometry_name=order.shape,
        geometry_type=order.shape_type,
        crs=f"EPSG:{order.system}",
        SPATIAL_INDEX="YES",
        # rows lie here until the index stands before them
        TEMPORARY_DIR=order.scratch,
    )


if __name__ == "__main__":
    convert(asked())
