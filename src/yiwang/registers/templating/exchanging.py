"""Out of the packs of an installation, and into a new pack of another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.packs.api import PACK_NAME, Loaded, load, parse_yaml
from yiwang.packs.contracts import DRAWN_UP, Definition
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.templating.archive import digest, read_archive, write_archive
from yiwang.registers.templating.contracts import TemplateManifest, TemplateRefused


def export_template(loaded: Loaded, register: str, *, licence: str) -> bytes:
    """Give the archive of a register: its definition, its resources and examples, byte by byte.

    Registers of the same pack that it refers to, or whose resources its own name as related, come along:
    without them it would not stand.

    Raises:
        TemplateRefused: neither a pack nor the city declares the register.
    """
    declared = loaded.definitions.get(("registers", register))
    if declared is None:
        raise TemplateRefused(reason=Text(f"没有登记簿“{register}”", f"there is no register {register!r}"))
    together = _together(loaded, register, declared.pack)
    declarations = {code: loaded.definitions["registers", code] for code in together}
    files = {f"registers/{code}.yaml": found.source.content for code, found in declarations.items()}
    for resource, source, _ in _resources(loaded):
        if source in together:
            files[f"resources/{resource}.yaml"] = loaded.definitions["resources", resource].source.content
    for path in _examples(declared):
        data = parse_yaml(path.read_bytes(), path.name).data
        if isinstance(data, dict) and data.get("register") in together:
            files[f"examples/{path.name}"] = path.read_bytes()
    definition = _model(declared)
    referred = {other for found in declarations.values() for other in _refers(found)}
    manifest = TemplateManifest(
        register=register,
        title=definition.title,
        summary=definition.summary,
        owner=definition.owner,
        version=loaded.version_of(declared),
        licence=licence,
        needs=tuple(sorted(referred - together)),
        files={path: digest(content) for path, content in sorted(files.items())},
    )
    return write_archive(manifest, files)


def _examples(declared: Definition) -> list[Path]:
    """Sample data of its pack; what the city drew up itself has none."""
    if declared.pack == DRAWN_UP:
        return []
    return sorted((declared.source.path.parents[1] / "examples").glob("*.yaml"))


def _together(loaded: Loaded, register: str, pack: str) -> frozenset[str]:
    """The registers of one pack that hang together with this one."""
    sources = {resource: source for resource, source, _ in _resources(loaded)}
    found: set[str] = set()
    waiting = [register]
    while waiting:
        code = waiting.pop()
        declared = loaded.definitions.get(("registers", code))
        if code in found or declared is None or declared.pack != pack:
            continue
        found.add(code)
        waiting += _refers(declared)
        related = (name for _, source, names in _resources(loaded) if source == code for name in names)
        waiting += [sources[name] for name in related if name in sources]
    return frozenset(found)


def _resources(loaded: Loaded) -> Iterator[tuple[str, str, list[str]]]:
    """Code, register and related resources of every resource of a register."""
    for (kind, code), definition in loaded.definitions.items():
        content = definition.content
        if kind == "resources" and isinstance(content, dict) and content.get("kind") == "register":
            related = content.get("related")
            yield code, str(content["source"]), [str(n) for n in related] if isinstance(related, list) else []


def _refers(declared: Definition) -> list[str]:
    return [field.register_code for field in _model(declared).fields if field.register_code]


def _model(declared: Definition) -> RegisterDefinition:
    return RegisterDefinition.model_validate_json(json.dumps(declared.content))


def import_template(content: bytes, *, packs: Path, name: str) -> TemplateManifest:
    """Write an archive as the new pack ``name``, checked as any pack; nothing stays of a faulty one.

    Raises:
        TemplateRefused: the archive, or something in it, is not usable or is there already.
        DefinitionRefused: a file of it is faulty; each is told with its line.
    """
    manifest, files = read_archive(content)
    folder = packs / name
    if not PACK_NAME.fullmatch(name) or name == DRAWN_UP:
        raise TemplateRefused(reason=Text("业务包名不合规则", "that is no name for a pack"))
    if folder.exists():
        raise TemplateRefused(reason=Text(f"已有业务包“{name}”", f"there is a pack {name!r} already"))
    for path in files:
        other = next((one for one in packs.glob(f"*/{path}") if not path.startswith("examples/")), None)
        if other is not None:
            where = other.relative_to(packs).as_posix()
            raise TemplateRefused(reason=Text(f"packs/{where}已有声明", f"packs/{where} declares it already"))
    requires = sorted({_pack_of(packs, register) for register in manifest.needs})
    folder.mkdir(parents=True)
    try:
        (folder / "pack.toml").write_text(_pack(manifest, name, requires), encoding="utf-8")
        for path, file in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(file)
        load(packs, [name]).or_refuse()
    except BaseException:
        shutil.rmtree(folder)
        raise
    return manifest


def _pack_of(packs: Path, register: str) -> str:
    found = next(iter(sorted(packs.glob(f"*/registers/{register}.yaml"))), None)
    if found is None:
        reason = Text(
            f"它引用登记簿“{register}”，这里没有",
            f"it refers to the register {register!r}, which is not here",
        )
        raise TemplateRefused(reason=reason)
    return found.parents[1].name


def _pack(manifest: TemplateManifest, name: str, requires: list[str]) -> str:
    """``pack.toml``; JSON's quoting of strings is TOML's."""

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    return (
        f"# From a template; licence: {manifest.licence}\n"
        f"name = {quoted(name)}\nversion = {quoted(manifest.version)}\n"
        f"title = {{ zh = {quoted(manifest.title.zh)}, en = {quoted(manifest.title.en)} }}\n"
        f"summary = {{ zh = {quoted(manifest.summary.zh)}, en = {quoted(manifest.summary.en)} }}\n"
        f"owner = {quoted(manifest.owner)}\nrequires = {json.dumps(requires)}\n"
    )
