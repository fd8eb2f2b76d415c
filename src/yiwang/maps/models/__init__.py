"""Tables of maps."""

from yiwang.maps.models.layers import Layer

__all__ = ["Layer"]
