"""The process that writes Parquet and GeoPackage: CSV comes in, a file comes out.

It is started by :mod:`yiwang.registers.exporting.sinks`; its libraries stay out of the web and the worker.
"""
