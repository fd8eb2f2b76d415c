"""Forms of the account pages; labels in both languages."""
