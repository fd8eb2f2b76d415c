"""The door of maps."""

from yiwang.maps.kinds import named_in

__all__ = ["named_in"]
