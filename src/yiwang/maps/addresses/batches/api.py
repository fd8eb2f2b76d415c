"""The door of files of addresses."""

from yiwang.maps.addresses.batches.commands.drop_old_batches import drop_old_batches
from yiwang.maps.addresses.batches.commands.find_batch import find_batch
from yiwang.maps.addresses.batches.commands.receive_batch import begin_batch, receive_batch
from yiwang.maps.addresses.batches.keeping import get_batch, my_batches
from yiwang.maps.addresses.queries.rights import BATCH

__all__ = [
    "BATCH",
    "begin_batch",
    "drop_old_batches",
    "find_batch",
    "get_batch",
    "my_batches",
    "receive_batch",
]
