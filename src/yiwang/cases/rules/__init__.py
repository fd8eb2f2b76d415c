"""The law of the case engine, pure: no framework, no clock, no I/O; time and data are arguments."""
