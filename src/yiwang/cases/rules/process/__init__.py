"""Processes: read from BPMN, proved sound, and played as tokens; all as pure functions over frozen values."""
