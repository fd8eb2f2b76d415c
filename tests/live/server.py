"""Databases of tests: made like another, listed, renamed, dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

import psycopg
from django.db import connections
from psycopg import sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a database lies, as Django writes it."""

    host: str
    port: str
    user: str
    password: str
    name: str

    @classmethod
    def of_settings(cls, name: str) -> Server:
        """Beside the database of the settings."""
        found = connections.settings["default"]
        return cls(
            host=found["HOST"],
            port=found["PORT"],
            user=found["USER"],
            password=found["PASSWORD"],
            name=name,
        )

    @property
    def url(self) -> str:
        """The same as an address."""
        who = quote(self.user) + (f":{quote(self.password)}" if self.password else "")
        port = f"&port={self.port}" if self.port else ""
        return f"postgresql://{who}@/{self.name}?host={quote(self.host, safe='')}{port}"

    def named(self, name: str) -> Server:
        """Another database of the same server."""
        return replace(self, name=name)

    def list_databases(self, prefix: str) -> list[str]:
        """All whose names begin so."""
        with self.of_postgres() as connection:
            asked = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            return [name for (name,) in connection.execute(asked, [prefix])]

    def make(self, *, like: str) -> None:
        """Anew, as a copy."""
        self.drop()
        with self.of_postgres() as connection:
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(made.format(sql.Identifier(self.name), sql.Identifier(like)))

    def rename(self, name: str) -> None:
        """Nobody may be connected."""
        with self.of_postgres() as connection:
            renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(renamed.format(sql.Identifier(self.name), sql.Identifier(name)))

    def drop(self) -> None:
        """With whoever is connected."""
        with self.of_postgres() as connection:
            dropped = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(dropped.format(sql.Identifier(self.name)))

    def of_postgres(self) -> psycopg.Connection:
        """To the server's own database, for what concerns whole databases."""
        return psycopg.connect(
            host=self.host,
            port=self.port or None,
            user=self.user,
            password=self.password or None,
            dbname="postgres",
            autocommit=True,
        )
