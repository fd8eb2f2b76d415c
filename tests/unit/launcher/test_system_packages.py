"""Which system packages are missing, and their names on Debian and Ubuntu."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from yiwang.launcher.contracts import NoBrowser, NoPostgis
from yiwang.launcher.machine import Machine, read_family
from yiwang.launcher.postgres_programs import PostgresPrograms
from yiwang.launcher.project import Purpose
from yiwang.launcher.system_packages import Need, list_needs, package_names

FIT = PostgresPrograms(version=15, folder=Path("/usr/lib/postgresql/15/bin"), postgis=True)
BARE = Machine(
    family=frozenset({"debian"}),
    has_apt=True,
    servers=(),
    has_fonts=False,
    has_venv=False,
    browser=None,
    judges=frozenset(),
    python=(3, 11),
)
WHOLE = replace(
    BARE,
    servers=(FIT,),
    has_fonts=True,
    has_venv=True,
    browser="/usr/bin/chromium",
    judges=frozenset({"pdfsig", "qpdf", "openssl", "curl", "java"}),
)
BOOKWORM = frozenset(
    {
        "postgresql",
        "postgresql-15",
        "postgresql-postgis",
        "postgresql-15-postgis-3",
        "python3.11-venv",
        "chromium",
    }
)
NOBLE = (BOOKWORM | {"postgresql-16", "postgresql-16-postgis-3"}) - {
    "chromium",
    "postgresql-15",
    "postgresql-15-postgis-3",
}
JAMMY = frozenset({"postgresql", "postgresql-14", "postgresql-postgis", "postgresql-14-postgis-3"})


def _needs(machine: Machine, purpose: Purpose = Purpose.APP) -> list[Need]:
    return list_needs(machine, purpose, other_database=False, has_environment=False)


def test_a_whole_machine_needs_nothing() -> None:
    assert _needs(WHOLE) == []
    assert _needs(WHOLE, Purpose.TEST) == []


def test_a_bare_machine_needs_everything() -> None:
    assert _needs(BARE) == [Need.POSTGIS, Need.FONTS, Need.VENV]
    assert _needs(BARE, Purpose.TEST) == list(Need)


def test_programs_that_judge_our_work_come_for_tests_only() -> None:
    machine = replace(WHOLE, judges=frozenset({"openssl"}))

    assert _needs(machine) == []
    assert _needs(machine, Purpose.TEST) == [Need.PDFSIG, Need.QPDF, Need.CURL, Need.JAVA]
    assert package_names(list(Need)[-5:], machine, BOOKWORM) == [
        "poppler-utils",
        "qpdf",
        "openssl",
        "curl",
        "default-jre-headless",
    ]


def test_another_database_and_an_environment_are_not_installed_again() -> None:
    needs = list_needs(BARE, Purpose.APP, other_database=True, has_environment=True)

    assert needs == [Need.FONTS]


def test_a_server_without_postgis_or_too_old_does_not_do() -> None:
    bare_server = replace(FIT, postgis=False)
    old = replace(FIT, version=14)

    assert Need.POSTGIS in _needs(replace(WHOLE, servers=(bare_server,)))
    assert Need.POSTGIS in _needs(replace(WHOLE, servers=(old,)))
    assert Need.POSTGIS not in _needs(replace(WHOLE, servers=(old, FIT)))


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [
        (BOOKWORM, ["postgresql", "postgresql-postgis"]),
        (NOBLE, ["postgresql", "postgresql-postgis"]),
        (BOOKWORM - {"postgresql-postgis"}, ["postgresql-15", "postgresql-15-postgis-3"]),
        (
            (BOOKWORM | {"postgresql-17-postgis-3"}) - {"postgresql-postgis"},
            ["postgresql-17", "postgresql-17-postgis-3"],
        ),
        (frozenset(), ["postgresql", "postgresql-postgis"]),
    ],
)
def test_names_of_postgis(offered: frozenset[str], wanted: list[str]) -> None:
    assert package_names([Need.POSTGIS], BARE, offered) == wanted


def test_postgis_joins_the_server_that_is_there() -> None:
    machine = replace(BARE, servers=(replace(FIT, postgis=False),))

    assert package_names([Need.POSTGIS], machine, BOOKWORM) == ["postgresql-15-postgis-3"]


def test_a_release_with_an_old_postgresql_only_is_told() -> None:
    with pytest.raises(NoPostgis) as told:
        package_names([Need.POSTGIS], BARE, JAMMY)

    assert told.value.found == "PostgreSQL 14"


def test_names_of_venv_follow_the_python_that_runs() -> None:
    assert package_names([Need.VENV], BARE, BOOKWORM) == ["python3.11-venv"]
    assert package_names([Need.VENV], replace(BARE, python=(3, 13)), BOOKWORM) == ["python3-venv"]


def test_ubuntu_has_no_plain_chromium() -> None:
    ubuntu = replace(BARE, family=frozenset({"ubuntu", "debian"}))

    assert package_names([Need.BROWSER], BARE, BOOKWORM) == ["chromium"]
    for offered in (NOBLE, frozenset[str]()):
        with pytest.raises(NoBrowser):
            package_names([Need.BROWSER], ubuntu, offered)


def test_the_family_of_a_descendant_names_its_ancestors(tmp_path: Path) -> None:
    release = tmp_path / "os-release"
    release.write_text('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n')

    assert read_family(release) == {"linuxmint", "ubuntu", "debian"}
    assert read_family(tmp_path / "none") == frozenset()
