"""Layers made of a file: sent, looked at, and laid on the map with a register of its own."""
