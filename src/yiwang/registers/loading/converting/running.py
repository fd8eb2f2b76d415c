"""How a reader runs: memory and time bounded, rows to standard output, a refusal to standard error."""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Callable

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Unreadable

#: Of one file that is unpacked.
_MOST_WRITTEN = 5_000_000_000
_DAMAGED = Text("文件已损坏，或不是该格式", "The file is damaged or not of this format")
_TOO_MUCH = Text("文件展开后超过内存上限", "The file unpacks to more than the memory allowed")
REFUSED = 3


def run(convert: Callable[[str], None], path: str, memory: str, seconds: str) -> int:
    """Read a file within bytes of memory and seconds; 0, or 3 with the reason as JSON on standard error."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    # a second later it is killed; before that it is told, so that this can be told apart from all other ends
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_WRITTEN, _MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        convert(path)
        sys.stdout.flush()
    except Unreadable as problem:
        return _refuse(problem.line, problem.reason)
    except MemoryError:
        return _refuse(0, _TOO_MUCH)
    except BrokenPipeError:
        return REFUSED
    except Exception as problem:  # noqa: BLE001 - whatever a library makes of a hostile file, it is refused
        return _refuse(0, _TOO_MUCH if "memory" in str(problem).lower() else _DAMAGED)
    return 0


def _refuse(line: int, reason: Text) -> int:
    sys.stdout.flush()
    sys.stderr.write(json.dumps({"line": line, "zh": reason.zh, "en": reason.en}, ensure_ascii=False))
    return REFUSED
