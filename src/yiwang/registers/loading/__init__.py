"""From a file of rows to a staged table: decoded, split, counted, nothing believed yet.

Text files are read here. Workbooks, Parquet and GeoPackage are read by a process of its own
(:mod:`yiwang.registers.loading.converting`), which has no database, no secrets and bounded memory.
"""
