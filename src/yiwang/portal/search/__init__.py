"""One search over what the city says: services first, then whatever registers itself as a source."""
