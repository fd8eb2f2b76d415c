"""Public pages kept ready: in memory before the framework, and as a copy on the disk."""
