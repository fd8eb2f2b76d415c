"""The row kernel: locks a case, loads what stands open, plays an event, writes the rows it moves."""
