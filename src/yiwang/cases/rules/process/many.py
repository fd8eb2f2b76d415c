"""Activities that are done once for each of many: opened, answered, added to, taken from, joined."""

from __future__ import annotations

from decimal import Decimal

from yiwang.cases.rules.process.board import Board
from yiwang.cases.rules.process.errors import (
    AlreadyAnswered,
    AlreadyAsked,
    CollectionNotAList,
    EventDoesNotFit,
    NotAsked,
    WeightNotANumber,
)
from yiwang.cases.rules.process.join import Certain, Opinion, joined, tally
from yiwang.cases.rules.process.model import Many, Node, NodeKind
from yiwang.cases.rules.process.tokens import Environment, Here, Joined, Json, Opens, Token

_OPENS = {NodeKind.USER_TASK: Opens.TASK, NodeKind.CALL: Opens.CALL, NodeKind.SUBPROCESS: Opens.SCOPE}


def items_of(node: Node, many: Many, environment: Environment, here: Here) -> list[Json]:
    """The items that the activity is done for; null counts as nobody."""
    items = environment.value(many.collection, here)
    if items is None:
        return []
    if not isinstance(items, list):
        raise CollectionNotAList(node.name)
    return items


def open_instance(board: Board, node: Node, host: int, item: Json, index: int) -> Token:
    """Put one instance under its host."""
    return board.open(node, _OPENS[node.kind], host, item=item, index=index)


def result_so_far(board: Board, host: Token, environment: Environment) -> str | None:
    """Apply the join rule to the answers given; the result once it is certain, with the host ended."""
    node, many = _many_of(board, host)
    instances = board.instances(host.id)
    weights = {each.id: _weight(board, node, many, each, environment) for each in instances}
    opinions = [Opinion(each.outcome, weights[each.id]) for each in instances if each.outcome is not None]
    outstanding = sum((weights[each.id] for each in instances if each.outcome is None), Decimal(0))
    verdict = joined(many.rule, len(instances), opinions, outstanding)
    if not isinstance(verdict, Certain):
        return None
    counted = tally(many.rule, opinions, verdict.result)
    here = board.here(host.parent)
    for instance in instances:
        if instance.outcome is not None:
            board.end(instance)
    board.end(host)
    board.join(Joined(token=host.id, node=node.id, tally=counted))
    environment.record(node, verdict.result, counted, here)
    return verdict.result


def add(board: Board, host: Token, item: Json) -> Token:
    """Ask one more."""
    node, _ = _many_of(board, host)
    instances = board.instances(host.id)
    if any(each.item == item for each in instances):
        raise AlreadyAsked(node.name)
    index = 1 + max((each.index for each in instances if each.index is not None), default=-1)
    return open_instance(board, node, host.id, item, index)


def remove(board: Board, host: Token, item: Json) -> None:
    """Ask one less."""
    node, _ = _many_of(board, host)
    found = next((each for each in board.instances(host.id) if each.item == item), None)
    if found is None:
        raise NotAsked(node.name)
    if found.outcome is not None:
        raise AlreadyAnswered(node.name)
    board.cancel(found)


def _many_of(board: Board, host: Token) -> tuple[Node, Many]:
    node = board.node_of(host)
    if node.many is None or host.index is not None:
        raise EventDoesNotFit(node.name, "many")
    return node, node.many


def _weight(board: Board, node: Node, many: Many, instance: Token, environment: Environment) -> Decimal:
    if many.rule.weights is None:
        return Decimal(1)
    weight = environment.value(many.rule.weights, board.here(instance.id))
    if isinstance(weight, bool) or not isinstance(weight, int | float | Decimal):
        raise WeightNotANumber(node.name)
    exact = Decimal(str(weight))
    if not exact.is_finite() or exact < 0:
        raise WeightNotANumber(node.name)
    return exact
