"""Layers for map programs that speak OGC, under the registers' own rights."""
