"""A register goes out as one archive and comes back the same; nothing unsafe is taken."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from yiwang.kernel.errors import DefinitionRefused
from yiwang.packs.api import load
from yiwang.registers.templating.api import export_template, import_template
from yiwang.registers.templating.archive import digest, read_archive
from yiwang.registers.templating.contracts import TemplateRefused

PACKS = Path(__file__).resolve().parents[3] / "packs"


@pytest.fixture(scope="module")
def archive():
    return export_template(load(PACKS, ["social_insurance"]), "insured_persons", licence="Apache-2.0")


def zipped(files: dict[str, bytes], *, manifest: dict[str, object] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        if manifest is not None:
            listed = {path: digest(content) for path, content in files.items()}
            target.writestr("manifest.json", json.dumps({**manifest, "files": listed}))
        for path, content in files.items():
            target.writestr(path, content)
    return made.getvalue()


def parts(archive: bytes) -> tuple[dict[str, object], dict[str, bytes]]:
    manifest, files = read_archive(archive)
    return json.loads(manifest.model_dump_json(by_alias=True)), files


def test_d14_a_register_goes_round_and_is_the_same(archive, tmp_path):
    manifest, files = read_archive(archive)
    import_template(archive, packs=tmp_path, name="insured")
    again = export_template(load(tmp_path, ["insured"]), "insured_persons", licence="Apache-2.0")

    assert again == archive
    whole = PACKS / "social_insurance"
    assert sorted(files) == sorted(path.relative_to(whole).as_posix() for path in whole.glob("*/*.yaml"))
    assert (manifest.licence, manifest.owner, manifest.needs) == ("Apache-2.0", "labour", ())
    original = PACKS / "social_insurance" / "registers" / "insured_persons.yaml"
    assert (tmp_path / "insured/registers/insured_persons.yaml").read_bytes() == original.read_bytes()


WORD = "{zh: 树, en: Trees}"
FIELD = "{id: 1, name: number, kind: text, title: {zh: 号, en: No.}, required: true, unique: true}"
LEADS = "{id: 2, name: tree, kind: reference, register: trees, title: {zh: 树, en: Tree}}"


def a_pack(root, name, register, *fields, requires="[]"):
    folder = root / name / "registers"
    folder.mkdir(parents=True)
    (root / name / "pack.toml").write_text(
        f'name = "{name}"\nversion = "1.0.0"\ntitle = {{zh = "树", en = "T"}}\n'
        f'summary = {{zh = "树", en = "T"}}\nowner = "parks"\nrequires = {requires}\n',
        encoding="utf-8",
    )
    text = f"code: {register}\ntitle: {WORD}\nsummary: {WORD}\nowner: parks\nkey: number\nfields:\n"
    (folder / f"{register}.yaml").write_text(
        text + "".join(f"  - {field}\n" for field in fields), encoding="utf-8"
    )


def test_d14_what_it_refers_to_in_another_pack_must_be_there(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    a_pack(here, "green", "trees", FIELD)
    a_pack(here, "care", "prunings", FIELD, LEADS, requires='["green"]')
    there.mkdir()
    archive = export_template(load(here, ["care"]), "prunings", licence="CC0-1.0")

    with pytest.raises(TemplateRefused) as refused:
        import_template(archive, packs=there, name="pruning")
    assert "trees" in refused.value.sentence.en
    assert list(there.iterdir()) == []

    a_pack(there, "parks", "trees", FIELD)
    manifest = import_template(archive, packs=there, name="pruning")
    assert (manifest.needs, manifest.licence) == (("trees",), "CC0-1.0")
    assert load(there, ["pruning"]).manifests["pruning"].requires == ("parks",)


def test_d14_what_is_there_already_is_left_alone(archive, tmp_path):
    import_template(archive, packs=tmp_path, name="insured")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    for name in ("insured", "other", "../outside", "Other"):
        with pytest.raises(TemplateRefused):
            import_template(archive, packs=tmp_path, name=name)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "path",
    ["../x.yaml", "/etc/x.yaml", "registers/../../x.yaml", "hooks.py", "registers/a/b.yaml",
     "registers\\x.yaml", "static/x.js", "registers/.x.yaml", "registers/"],
)  # fmt: skip
def test_d14_unsafe_paths_are_refused(archive, tmp_path, path):
    manifest, files = parts(archive)
    with pytest.raises(TemplateRefused):
        import_template(zipped({**files, path: b"x"}, manifest=manifest), packs=tmp_path, name="bad")
    assert list(tmp_path.iterdir()) == []


def test_d14_bombs_links_and_broken_files_are_refused(archive, tmp_path):
    manifest, files = parts(archive)
    bomb = zipped({**files, "examples/big.yaml": b"\0" * 50_000_000}, manifest=manifest)
    many = zipped({**files, **{f"examples/e{n}.yaml": b"" for n in range(100)}}, manifest=manifest)
    made = io.BytesIO(archive)
    with zipfile.ZipFile(made, "a") as target:
        link = zipfile.ZipInfo("examples/link.yaml")
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    assert len(bomb) < 200_000

    for bad in (bomb, many, made.getvalue(), archive[:200], b"", b"PK", zipped(files), b"x" * 3_000_000):
        with pytest.raises(TemplateRefused):
            import_template(bad, packs=tmp_path, name="bad")
    assert list(tmp_path.iterdir()) == []


def test_d14_a_file_that_is_not_the_manifests_is_refused_and_a_faulty_one_told(archive, tmp_path):
    manifest, files = parts(archive)
    path = "registers/insured_persons.yaml"
    swapped = zipped(files | {path: files[path] + b"\n"}, manifest=None)
    made = io.BytesIO(swapped)
    with zipfile.ZipFile(made, "a") as target:
        target.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(TemplateRefused):
        import_template(made.getvalue(), packs=tmp_path, name="bad")

    faulty = files | {path: files[path].replace(b"key: id_number", b"key: nothing")}
    with pytest.raises(DefinitionRefused):
        import_template(zipped(faulty, manifest=manifest), packs=tmp_path, name="bad")
    assert list(tmp_path.iterdir()) == []


def test_d14_a_register_that_nobody_declares_has_no_template():
    with pytest.raises(TemplateRefused):
        export_template(load(PACKS, ["social_insurance"]), "ghosts", licence="Apache-2.0")
