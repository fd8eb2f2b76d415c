"""Run inside the virtual environment: which pinned requirements are absent, of another version, or torn.

An interrupted installation leaves packages whose files are missing or short; pip would call them
satisfied. Each installed file is therefore compared with the size that its RECORD states.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

_PIN = re.compile(r"^[A-Za-z0-9][^\s#\\]*(?:\s*;[^\\#]+)?")


def read_pins(requirements: str) -> list[Requirement]:
    """The pins of a requirements file that hold for this Python."""
    lines = (_PIN.match(line) for line in requirements.splitlines())
    pins = [Requirement(line[0].strip()) for line in lines if line]
    return [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]


def is_whole(found: Distribution) -> bool:
    """Every recorded file is there in its recorded size."""
    files = found.files
    if files is None or not any(file.name == "METADATA" for file in files):
        return False
    return all(_has_size(Path(str(file.locate())), file.size) for file in files if file.size is not None)


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def inspect(requirements: str) -> dict[str, list[str]]:
    """Give ``{"absent": names, "torn": folders of metadata that deceive pip}``."""
    absent, torn = [], []
    for pin in read_pins(requirements):
        try:
            found = distribution(pin.name)
        except PackageNotFoundError:
            absent.append(pin.name)
            continue
        version = _version(found)
        if version is None or not is_whole(found):
            torn += _metadata_folders(found, pin.name)
        elif not pin.specifier.contains(version, prereleases=True):
            absent.append(pin.name)
    return {"absent": absent, "torn": torn}


def _version(found: Distribution) -> str | None:
    try:
        return found.version
    except (KeyError, TypeError, FileNotFoundError):  # METADATA never arrived
        return None


def _metadata_folders(found: Distribution, name: str) -> list[str]:
    place = Path(str(found.locate_file("")))
    return [
        str(folder)
        for folder in place.glob("*.dist-info")
        if canonicalize_name(folder.name.split("-", 1)[0]) == canonicalize_name(name)
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(inspect(Path(sys.argv[1]).read_text())))
