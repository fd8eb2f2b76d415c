"""Load packs from their folders: every file is read, checked alone, then checked against all others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.contracts import DRAWN_UP, Definition, DefinitionKind, Drawn, Known, SourceFile
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
    #: What the city drew up itself, by kind and code.
    drawn: dict[tuple[str, str], Drawn] = field(default_factory=dict)
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

    def version_of(self, definition: Definition) -> str:
        """The version of the pack that declares it, or of itself if the city drew it up."""
        drawn = self.drawn.get((definition.kind, definition.code))
        return drawn.version if drawn is not None else self.manifests[definition.pack].version

    def known(self) -> Known:
        """The definitions for checks across files."""
        return Known(self.definitions, self.faulty)

    def or_refuse(self) -> Loaded:
        """Give itself, or raise with every problem."""
        if self.problems:
            raise DefinitionRefused(problems=tuple(self.problems))
        return self


def load(root: Path, names: Iterable[str], drawn: Iterable[Drawn] = ()) -> Loaded:
    """Load the named packs and those they require, in order of need, beside what the city drew up itself.

    What is drawn up comes first: a file of the same code is the one that is refused.
    """
    loaded = Loaded()
    for one in drawn:
        _load_drawn(one, loaded)
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
    if name == DRAWN_UP:
        reserved = Text(
            f"“{name}”是城市自行设立的定义所用的名称，业务包不能用",
            f"{name!r} stands for what the city draws up itself; no pack is called so",
        )
        loaded.problems.append(DefinitionProblem(shown, 0, "name", reserved))
        return
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
        _take(kind, source, loaded)


def _load_drawn(one: Drawn, loaded: Loaded) -> None:
    loaded.drawn[one.kind, one.code] = one
    source = drawn_source(one.kind, one.code, one.text, loaded.problems)
    if source is None:
        loaded.faulty.add((one.kind, one.code))
        return
    _take(KINDS.get(one.kind), source, loaded)


def _take(kind: DefinitionKind, source: SourceFile, loaded: Loaded) -> None:
    definition, problems = kind.read(source)
    loaded.note(problems)
    if definition is None:
        loaded.faulty.add((kind.key, source.path.stem))
        return
    key = (kind.key, definition.code)
    if key in loaded.definitions:
        loaded.problems.append(declared_twice(source, definition.code, loaded.definitions[key].source.shown))
        return
    loaded.definitions[key] = definition


def declared_twice(source: SourceFile, code: str, other: str) -> DefinitionProblem:
    """A code stands in another file, or among what the city drew up, too."""
    reason = Text(f"“{code}”在{other}中也有声明", f"{code!r} is declared in {other} too")
    return source.problem(("code",), reason)


def drawn_source(kind: str, code: str, text: str, problems: list[DefinitionProblem]) -> SourceFile | None:
    """A text that the city drew up as the file that it would be in a pack."""
    shown = f"{DRAWN_UP}/{kind}/{code}.yaml"
    return _source(text.encode(), Path(shown), shown, DRAWN_UP, problems)


def read_source(path: Path, shown: str, pack: str, problems: list[DefinitionProblem]) -> SourceFile | None:
    """Read one file; YAML is parsed strictly, other formats are left to their kind."""
    content = path.read_bytes()
    if path.suffix != ".yaml":
        return SourceFile(pack=pack, path=path, shown=shown, content=content)
    return _source(content, path, shown, pack, problems)


def _source(
    content: bytes, path: Path, shown: str, pack: str, problems: list[DefinitionProblem]
) -> SourceFile | None:
    parsed = parse(content, shown)
    problems.extend(parsed.problems)
    if parsed.problems:
        return None
    return SourceFile(
        pack=pack, path=path, shown=shown, content=content, data=parsed.data, lines=parsed.lines
    )
