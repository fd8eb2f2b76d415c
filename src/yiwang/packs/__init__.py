"""Packs: manifest, strict loading, validate, plan, apply, and the history of what was applied."""
