"""The catalogue of what the city shares: its metadata, index, RDF, harvests, releases and lineage."""
