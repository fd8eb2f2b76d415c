"""The pages on which layers are made."""
