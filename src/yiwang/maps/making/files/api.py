"""The door of layers made of a file."""

from yiwang.maps.making.files.commands.begin_file import OFFERED, begin_layer_file
from yiwang.maps.making.files.commands.lay_file import MOST_PROBLEMS, lay_layer_file
from yiwang.maps.making.files.commands.receive_file import KINDS, receive_layer_file
from yiwang.maps.making.files.keeping import FROM_FILE, get_layer_file, my_layer_files

__all__ = [
    "FROM_FILE",
    "KINDS",
    "MOST_PROBLEMS",
    "OFFERED",
    "begin_layer_file",
    "get_layer_file",
    "lay_layer_file",
    "my_layer_files",
    "receive_layer_file",
]
