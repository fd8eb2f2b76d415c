"""Government information: what is published on request, and the yearly account of it."""
