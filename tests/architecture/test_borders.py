"""Borders that import-linter can't see: foreign keys, operations, doors."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

from django.apps import apps

from yiwang.platform.operations import OPERATIONS

SRC = Path(__file__).resolve().parents[2] / "src" / "yiwang"
# Files are rows of the footing that every engine stands on; a kind of page is a table on top of the pages'.
SHARED = {"identity.account", "platform.storedfile", "sites.sitepage", "sites.groupsite"}
OUR_APPS = {config.label for config in apps.get_app_configs() if config.name.startswith("yiwang.")}


def test_foreign_keys_stay_inside_their_engine():
    strays = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and field.related_model._meta.app_label != model._meta.app_label
        and field.related_model._meta.app_label in OUR_APPS
        and field.related_model._meta.label_lower not in SHARED
    ]

    assert strays == []


def commands():
    for path in sorted(SRC.glob("*/commands/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef):
                continue
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "command":
                    yield path, node, decorator.keywords[0].value


def constant_in(path, name):
    """The operation of a command that names it by a constant of its module or an imported one."""
    module = importlib.import_module(".".join(("yiwang", *path.relative_to(SRC).with_suffix("").parts)))
    return getattr(module, name.id)


def test_every_command_has_a_declared_operation_and_somebody_holds_it():
    faulty = []
    for path, node, value in commands():
        key = value.value if isinstance(value, ast.Constant) else constant_in(path, value)
        if key not in OPERATIONS:
            faulty.append(f"{path.name}: {node.name}: {key} is not declared")
            continue
        operation = OPERATIONS.get(key)
        if not operation.roles and not operation.citizens:
            faulty.append(f"{path.name}: nobody may {key}")

    assert faulty == []


def test_every_command_takes_actor_and_time_by_keyword():
    faulty = [
        f"{path.name}: {node.name}"
        for path, node, _ in commands()
        if node.args.args or {"actor", "at"} - {argument.arg for argument in node.args.kwonlyargs}
    ]

    assert faulty == []


def test_engines_are_entered_by_their_doors():
    # ``providers`` is where an upper engine plugs itself in: the exchange cannot know registers.
    doors = {"api", "contracts", "testing", "apps", "definitions", "providers", "synthesis"}
    free = {"launcher", "kernel", "platform"}
    strays = []
    for path in sorted(SRC.rglob("*.py")):
        engine = path.relative_to(SRC).parts[0]
        if engine in {"server", "cli"} or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("yiwang."):
                parts = node.module.split(".")
                names = [parts[2]] if len(parts) > 2 else [alias.name for alias in node.names]
                for name in names:
                    if parts[1] not in free | {engine} and name not in doors:
                        strays.append(f"{path.relative_to(SRC)} -> {node.module}.{name}")

    assert sorted(set(strays)) == []
