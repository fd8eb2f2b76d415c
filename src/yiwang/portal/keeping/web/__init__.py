"""The page that says that the city's database does not answer."""
