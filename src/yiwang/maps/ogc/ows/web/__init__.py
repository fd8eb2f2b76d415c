"""Addresses of WFS and WMTS."""
