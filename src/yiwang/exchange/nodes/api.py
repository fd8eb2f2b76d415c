"""The door of nodes."""

from __future__ import annotations

from yiwang.exchange.nodes.commands.accept_directory import accept_directory
from yiwang.exchange.nodes.commands.answer_message import answer_message
from yiwang.exchange.nodes.commands.ask_node import ask_node
from yiwang.exchange.nodes.commands.ask_queued import ask_queued
from yiwang.exchange.nodes.commands.enrol import enrol
from yiwang.exchange.nodes.commands.issue_directory import issue_directory
from yiwang.exchange.nodes.commands.queue_questions import queue_questions
from yiwang.exchange.nodes.commands.refresh_directory import refresh_directory
from yiwang.exchange.nodes.commands.stamp_messages import make_batch, stamp_batches
from yiwang.exchange.nodes.commands.take_resources import take_resources
from yiwang.exchange.nodes.commands.tell_resources import tell_resources
from yiwang.exchange.nodes.contracts import is_vouched_for
from yiwang.exchange.nodes.queries.evidence import evidence_of
from yiwang.exchange.nodes.queries.overview import find_directory, overview
from yiwang.exchange.nodes.queries.standing import is_enrolled, own_address, own_node

__all__ = [
    "accept_directory",
    "answer_message",
    "ask_node",
    "ask_queued",
    "enrol",
    "evidence_of",
    "find_directory",
    "is_enrolled",
    "is_vouched_for",
    "issue_directory",
    "make_batch",
    "overview",
    "own_address",
    "own_node",
    "queue_questions",
    "refresh_directory",
    "stamp_batches",
    "take_resources",
    "tell_resources",
]
