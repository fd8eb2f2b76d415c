"""Words that every engine shares: texts, errors, calendars, codes. Pure: no framework, no I/O."""
