"""The index: documents with their words, the beginnings of titles, and what waits to be read."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Indexed(models.Model):
    """A document that can be found."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    title_zh = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    #: Titles as they are compared.
    folded = ArrayField(models.CharField(max_length=400))
    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    address = models.CharField(max_length=500)
    readers = ArrayField(models.CharField(max_length=80))
    organisation = models.CharField(max_length=60, blank=True)
    dated = models.DateField(null=True)
    weight = models.FloatField()
    #: Of everything indexed; equal digests need no new words.
    digest = models.CharField(max_length=64)
    #: Titles and keywords alone: what is named so is found among hundreds of thousands that only say so.
    title_words = SearchVectorField(null=True)
    words = SearchVectorField(null=True)
    indexed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document")]
        indexes = [
            GinIndex(fields=["title_words"], name="search_title_words", fastupdate=False),
            GinIndex(fields=["words"], name="search_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Beginning(models.Model):
    """Letters or characters from which a title is suggested."""

    #: Not checked by the database: of a first reading it would check millions, one by one, at the end.
    document = models.ForeignKey(Indexed, on_delete=models.CASCADE, db_constraint=False)
    letters = models.CharField(max_length=60)

    class Meta:
        indexes = [
            # for LIKE 'letters%' under any collation
            models.Index(
                fields=["letters"], name="search_beginning_letters", opclasses=["varchar_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.letters


class KnownWord(models.Model):
    """A word of a public title, for what somebody may have meant; see ``rules.correcting``.

    Words of what was withdrawn stay: nothing is proposed that finds nothing.
    """

    word = models.CharField(max_length=60, unique=True)
    sound = models.CharField(max_length=80)
    forms = ArrayField(models.CharField(max_length=80))

    class Meta:
        indexes = [GinIndex(fields=["forms"], name="search_word_forms")]

    def __str__(self) -> str:
        return self.word


class CharacterSound(models.Model):
    """How a character may be read: pypinyin's table, which only the worker holds."""

    character = models.CharField(max_length=1, unique=True)
    sounds = ArrayField(models.CharField(max_length=8))

    def __str__(self) -> str:
        return self.character


class SourceMark(models.Model):
    """How far a source has been read."""

    kind = models.CharField(max_length=40, unique=True)
    mark = models.CharField(max_length=200)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind


class Waiting(models.Model):
    """A document that somebody says has changed, or gone."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
