"""Acts on drafts."""
