"""The process that reads workbooks, Parquet and GeoPackage: a path comes in, lines of JSON go out.

It is started by :mod:`yiwang.registers.loading.converted`. Its libraries are large and read what strangers
made, so they live and die here, outside the web and the worker.
"""
