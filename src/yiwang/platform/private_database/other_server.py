"""A server that the operator names by ``YIWANG_DATABASE_URL``: looked at before anything is built on it."""

from __future__ import annotations

import psycopg

from yiwang.kernel.text import Text
from yiwang.launcher.contracts import OtherDatabaseUnfit
from yiwang.launcher.postgres_programs import OLDEST
from yiwang.platform.private_database.dsn import Dsn

_QUESTIONS = """
SELECT current_setting('server_version_num')::int / 10000,
       EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis'),
       EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis'),
       has_database_privilege(current_database(), 'CREATE'),
       has_schema_privilege('public', 'CREATE'),
       current_setting('server_encoding')
"""


def check_other(url: str) -> Dsn:
    """Give its address if it is new enough, has PostGIS and lets us create; else say what is missing."""
    try:
        with psycopg.connect(url, connect_timeout=10, autocommit=True) as connection:
            [(version, offered, has_postgis, may_create, may_fill, encoding)] = connection.execute(
                _QUESTIONS
            ).fetchall()
            _require(version, encoding, offered=offered or has_postgis, may_create=may_create and may_fill)
            if not has_postgis:
                _create_postgis(connection)
    except psycopg.OperationalError as failed:
        raise OtherDatabaseUnfit(reason=Text("连接不上", f"it cannot be reached ({_kind(failed)})")) from None
    except psycopg.ProgrammingError:
        raise OtherDatabaseUnfit(reason=Text("地址写法有误", "the address is malformed")) from None
    return Dsn(url=url, private=False)


def _require(version: int, encoding: str, *, offered: bool, may_create: bool) -> None:
    if version < OLDEST:
        reason = Text(
            f"版本为 {version}，需要 {OLDEST} 以上", f"it is version {version}; {OLDEST} or newer is needed"
        )
    elif encoding != "UTF8":
        reason = Text(f"编码为 {encoding}，需要 UTF8", f"its encoding is {encoding}; UTF8 is needed")
    elif not offered:
        reason = Text("服务器上没有 PostGIS", "the server has no PostGIS")
    elif not may_create:
        reason = Text("该用户无权在其中建表", "this user may not create tables in it")
    else:
        return
    raise OtherDatabaseUnfit(reason=reason)


def _create_postgis(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    except psycopg.errors.InsufficientPrivilege:
        reason = Text(
            "请由管理员在该库执行 CREATE EXTENSION postgis",
            "an administrator must run CREATE EXTENSION postgis in it",
        )
        raise OtherDatabaseUnfit(reason=reason) from None


def _kind(failed: psycopg.OperationalError) -> str:
    """What went wrong without host, user or password: the SQLSTATE or the class of the error."""
    return failed.sqlstate or type(failed).__name__
