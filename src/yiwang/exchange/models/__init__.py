"""Storage of the exchange."""

from yiwang.exchange.models.access import AccessRequest
from yiwang.exchange.models.catalogue import Resource
from yiwang.exchange.models.clients import Client, ClientToken, LawMark
from yiwang.exchange.models.grants import Grant, GrantDay
from yiwang.exchange.models.traces import TraceLine

__all__ = ["AccessRequest", "Client", "ClientToken", "Grant", "GrantDay", "LawMark", "Resource", "TraceLine"]
