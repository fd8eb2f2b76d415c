"""Storage of talking."""

from yiwang.portal.talking.models.letters import Letter

__all__ = ["Letter"]
