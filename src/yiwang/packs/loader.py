"""Load packs from their folders: every file is read, checked alone, then checked against all others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Definition, DefinitionKind, Known, SourceFile
from yiwang.packs.kinds import KINDS, ordered
from yiwang.packs.manifest import Manifest, read_manifest
from yiwang.packs.strict_yaml import parse

#: Folders with meaning to people or tests, not to an engine.
_OTHER_FOLDERS = {"examples", "journeys", "tests", "__pycache__", "static"}


@dataclass(slots=True)
class Loaded:
    """What a set of packs declares."""

    manifests: dict[str, Manifest] = field(default_factory=dict)
    definitions: dict[tuple[str, str], Definition] = field(default_factory=dict)
    problems: list[DefinitionProblem] = field(default_factory=list)
    #: Packs that are required and aren't there.
    missing: set[str] = field(default_factory=set)
    #: Kind and file name without suffix of what could not be read.
    faulty: set[tuple[str, str]] = field(default_factory=set)
    #: What is allowed but its author should look at.
    warnings: list[DefinitionProblem] = field(default_factory=list)

    def note(self, found: Iterable[DefinitionProblem]) -> None:
        """Take what a kind found; what several service items share is found several times."""
        for problem in found:
            into = self.warnings if problem.is_warning else self.problems
            if problem not in into:
                into.append(problem)

    def known(self) -> Known:
        """The definitions for checks across files."""
        return Known(self.definitions, self.faulty)

    def or_refuse(self) -> Loaded:
        """Give itself, or raise with every problem."""
        if self.problems:
            raise DefinitionRefused(problems=tuple(self.problems))
        return self


def load(root: Path, names: Iterable[str]) -> Loaded:
    """Load the named packs and those they require, in order of need."""
    loaded = Loaded()
    for name in names:
        _load_pack(root, name, loaded, asked_by=Text("城市", "the city"), above=())
    if loaded.missing:
        # Whatever refers to a pack that isn't there would be told as a fault of its own.
        return loaded
    known = loaded.known()
    for definition in loaded.definitions.values():
        loaded.note(KINDS.get(definition.kind).check(definition, known))
    return loaded


def _load_pack(root: Path, name: str, loaded: Loaded, *, asked_by: Text, above: tuple[str, ...]) -> None:
    if name in loaded.manifests:
        return
    shown = f"packs/{name}/pack.toml"
    if name in above:
        loop = " -> ".join((*above, name))
        loaded.problems.append(
            DefinitionProblem(
                shown, 0, "requires", Text(f"业务包相互依赖：{loop}", f"packs require each other: {loop}")
            )
        )
        return
    path = root / name / "pack.toml"
    if not path.is_file():
        loaded.missing.add(name)
        reason = Text(
            f"没有业务包“{name}”，而{asked_by.zh}需要它",
            f"there is no pack {name!r}, which {asked_by.en} requires",
        )
        loaded.problems.append(DefinitionProblem(shown, 0, "", reason))
        return
    manifest, problems = read_manifest(path, shown)
    loaded.problems.extend(problems)
    if manifest is None:
        return
    for required in manifest.requires:
        _load_pack(
            root, required, loaded, asked_by=Text(f"业务包“{name}”", f"pack {name!r}"), above=(*above, name)
        )
    loaded.manifests[name] = manifest
    _refuse_unknown_folders(root / name, loaded)
    for kind in ordered():
        _load_kind(root / name, name, kind, loaded)


def _refuse_unknown_folders(folder: Path, loaded: Loaded) -> None:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and entry.name not in KINDS and entry.name not in _OTHER_FOLDERS:
            shown = f"packs/{folder.name}/{entry.name}"
            kinds = ", ".join(key for key, _ in KINDS)
            loaded.problems.append(
                DefinitionProblem(
                    shown,
                    0,
                    "",
                    Text(
                        f"没有引擎认识这个文件夹；可用：{kinds}",
                        f"no engine knows this folder; known: {kinds}",
                    ),
                )
            )


def _load_kind(folder: Path, pack: str, kind: DefinitionKind, loaded: Loaded) -> None:
    for path in sorted((folder / kind.key).glob("*")):
        shown = f"packs/{pack}/{kind.key}/{path.name}"
        if path.suffix not in kind.suffixes:
            wanted = " or ".join(kind.suffixes)
            loaded.problems.append(
                DefinitionProblem(
                    shown, 0, "", Text(f"文件名应以{wanted}结尾", f"expected a file ending in {wanted}")
                )
            )
            continue
        source = read_source(path, shown, pack, loaded.problems)
        if source is None:
            loaded.faulty.add((kind.key, path.stem))
            continue
        definition, problems = kind.read(source)
        loaded.note(problems)
        if definition is None:
            loaded.faulty.add((kind.key, path.stem))
            continue
        key = (kind.key, definition.code)
        if key in loaded.definitions:
            other = loaded.definitions[key].source.shown
            loaded.problems.append(
                source.problem(
                    ("code",),
                    Text(
                        f"“{definition.code}”在{other}中也有声明",
                        f"{definition.code!r} is declared in {other} too",
                    ),
                )
            )
            continue
        loaded.definitions[key] = definition


def read_source(path: Path, shown: str, pack: str, problems: list[DefinitionProblem]) -> SourceFile | None:
    """Read one file; YAML is parsed strictly, other formats are left to their kind."""
    content = path.read_bytes()
    if path.suffix != ".yaml":
        return SourceFile(pack=pack, path=path, shown=shown, content=content)
    parsed = parse(content, shown)
    problems.extend(parsed.problems)
    if parsed.problems:
        return None
    return SourceFile(
        pack=pack, path=path, shown=shown, content=content, data=parsed.data, lines=parsed.lines
    )
