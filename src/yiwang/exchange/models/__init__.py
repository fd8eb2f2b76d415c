"""Storage of the exchange."""

from yiwang.exchange.models.access import AccessRequest
from yiwang.exchange.models.batch_subjects import BatchSubjects
from yiwang.exchange.models.callbacks import CallbackTarget, Delivery
from yiwang.exchange.models.catalogue import CatalogueEntry, Resource
from yiwang.exchange.models.clients import Client, ClientToken, LawMark
from yiwang.exchange.models.consents import Consent
from yiwang.exchange.models.emergencies import Emergency
from yiwang.exchange.models.grants import Grant, GrantDay
from yiwang.exchange.models.harvests import HarvestRun, HarvestSource
from yiwang.exchange.models.jobs import AnswerJob, AnswerPart
from yiwang.exchange.models.nodes import (
    NodeAsk,
    NodeBatch,
    NodeDirectory,
    NodeIdentity,
    NodeMessage,
    NodeRefusal,
    NodeResources,
)
from yiwang.exchange.models.notices import ReaderNotice
from yiwang.exchange.models.releases import Release
from yiwang.exchange.models.subscriptions import Subscription
from yiwang.exchange.models.traces import TraceLine
from yiwang.exchange.models.watch import Finding, OfficerHour, WatchMark

__all__ = [
    "AccessRequest",
    "AnswerJob",
    "AnswerPart",
    "BatchSubjects",
    "CallbackTarget",
    "CatalogueEntry",
    "Client",
    "ClientToken",
    "Consent",
    "Delivery",
    "Emergency",
    "Finding",
    "Grant",
    "GrantDay",
    "HarvestRun",
    "HarvestSource",
    "LawMark",
    "NodeAsk",
    "NodeBatch",
    "NodeDirectory",
    "NodeIdentity",
    "NodeMessage",
    "NodeRefusal",
    "NodeResources",
    "OfficerHour",
    "ReaderNotice",
    "Release",
    "Resource",
    "Subscription",
    "TraceLine",
    "WatchMark",
]
