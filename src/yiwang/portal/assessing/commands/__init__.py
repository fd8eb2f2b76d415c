"""Acts of the assessment."""
