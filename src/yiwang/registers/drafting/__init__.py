"""Registers that the city draws up itself: a draft, two pairs of eyes, real tables."""
