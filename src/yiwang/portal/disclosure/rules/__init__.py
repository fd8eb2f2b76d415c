"""The pure law of disclosure: no Django, no clock, no I/O."""
