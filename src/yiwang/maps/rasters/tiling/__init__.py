"""The process that draws tiles of loaded rasters: questions come in by a pipe, pictures go out.

It is started by :mod:`yiwang.maps.rasters.drawing`, so that numpy and GDAL stay out of web processes.
"""
