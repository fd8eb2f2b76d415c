"""Pure law of the assessment."""
