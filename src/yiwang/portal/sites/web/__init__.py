"""Public pages of the sites, and the desk on which they are edited."""
