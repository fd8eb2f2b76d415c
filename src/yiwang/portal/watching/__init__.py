"""The watch over the sites: freshness and veto items day by day, the yearly report of a site."""
