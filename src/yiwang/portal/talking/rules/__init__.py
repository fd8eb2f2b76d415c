"""Law and arithmetic of talking: pure."""
