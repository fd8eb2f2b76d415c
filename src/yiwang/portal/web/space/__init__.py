"""My space: one's own cases, drafts, documents, appointments, and who looked at one's data."""
