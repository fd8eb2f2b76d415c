"""WFS 2.0 and WMTS 1.0.0 for programs older than the OGC API: the same layers under the same rights."""
