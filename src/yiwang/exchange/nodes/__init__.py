"""Peer nodes: installations that exchange over the wire, each with keys certified by the city's authority."""
