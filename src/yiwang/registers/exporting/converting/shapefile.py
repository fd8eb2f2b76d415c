"""Rows to a Shapefile in a ZIP file, with a table of the names that dBASE made short."""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio

from yiwang.registers.exporting.converting.columns import AMOUNTS, Asked, asked, batches
from yiwang.registers.exporting.short_names import short_names

#: Bytes of a text in dBASE.
_LONGEST = 254
#: In GB 18030 no character takes more than twice its bytes of UTF-8.
_SURELY_SHORT = _LONGEST // 2
#: dBASE has neither moments nor yes and no.
_TO_TEXT = AMOUNTS | {"timestamptz", "boolean"}


def convert(order: Asked) -> None:
    """Write what comes in, and pack it."""
    reader = batches(order, but=_TO_TEXT)
    short = short_names(name for name, _ in order.columns if name != order.shape)
    cut: Counter[str] = Counter()
    schema = pa.schema([field.with_name(short.get(field.name, field.name)) for field in reader.schema])
    folder = Path(order.scratch)
    pyogrio.write_arrow(
        pa.RecordBatchReader.from_batches(schema, _fitted(reader, schema, order, cut)),
        str(folder / f"{order.layer}.shp"),
        driver="ESRI Shapefile",
        geometry_name=order.shape,
        geometry_type=order.shape_type,
        crs=f"EPSG:{order.system}",
        encoding=order.encoding,
    )
    (folder / f"{order.layer}.cpg").write_text(order.encoding)
    with (folder / "fields.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["column", "field", "zh", "en", "texts_cut"])
        table.writerows([column, name, *order.titles[name], cut[name]] for name, column in short.items())
    with zipfile.ZipFile(order.path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part in sorted(folder.iterdir()):
            package.write(part, part.name)


def _fitted(
    reader: pa.RecordBatchReader, schema: pa.Schema, order: Asked, cut: Counter[str]
) -> Iterator[pa.RecordBatch]:
    """Texts that end at a whole character within what dBASE holds; those cut are counted."""
    for batch in reader:
        columns = list(batch.columns)
        for place, field in enumerate(reader.schema):
            if (
                pa.types.is_string(field.type)
                and (pc.max(pc.binary_length(columns[place])).as_py() or 0) > _SURELY_SHORT
            ):
                texts = columns[place].to_pylist()
                fit = [text and _fit(text, order.encoding) for text in texts]
                cut[field.name] += sum(one != other for one, other in zip(texts, fit, strict=True))
                columns[place] = pa.array(fit, pa.string())
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _fit(text: str, encoding: str) -> str:
    return text.encode(encoding, "replace")[:_LONGEST].decode(encoding, "ignore")


if __name__ == "__main__":
    convert(asked())
