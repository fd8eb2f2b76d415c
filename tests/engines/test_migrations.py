"""The models and the migrations say the same, and every word has room in its column."""

from __future__ import annotations

from enum import StrEnum

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db


def test_no_change_of_a_model_lacks_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0, interactive=False)


def test_the_database_stands_at_the_last_migration():
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert executor.loader.detect_conflicts() == {}


def test_every_word_fits_its_column():
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field.default, StrEnum)
    ]
    assert len(fields) >= 10

    too_long = [
        (str(field), str(word))
        for field in fields
        for word in type(field.default)
        if field.max_length is not None and len(word) > field.max_length
    ]

    assert too_long == []
