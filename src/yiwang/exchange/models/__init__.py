"""Storage of the exchange."""

from yiwang.exchange.models.access import AccessRequest
from yiwang.exchange.models.catalogue import CatalogueEntry, Resource
from yiwang.exchange.models.clients import Client, ClientToken, LawMark
from yiwang.exchange.models.grants import Grant, GrantDay
from yiwang.exchange.models.harvests import HarvestRun, HarvestSource
from yiwang.exchange.models.releases import Release
from yiwang.exchange.models.traces import TraceLine

__all__ = [
    "AccessRequest",
    "CatalogueEntry",
    "Client",
    "ClientToken",
    "Grant",
    "GrantDay",
    "HarvestRun",
    "HarvestSource",
    "LawMark",
    "Release",
    "Resource",
    "TraceLine",
]
