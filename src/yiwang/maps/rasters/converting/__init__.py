"""The process that reads a stranger's GeoTIFF and writes a cloud-optimised one: paths in, JSON out.

It is started by :mod:`yiwang.maps.rasters.converted`. Its libraries are large and read what strangers made,
so they live and die here, outside the web.
"""
