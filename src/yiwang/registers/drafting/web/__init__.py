"""The pages on which registers are drawn up."""
