"""The group of government sites: one store, many sites, each edited by its own organisation alone."""
