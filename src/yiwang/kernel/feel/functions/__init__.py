"""The built-in functions of FEEL, by subject; ``catalogue`` finds the one that a call means."""
