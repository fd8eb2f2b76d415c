"""Every way in which `./yiwang` stops: its exit code and its sentence. The one table of exit codes.

`yiwang` (the shell script) ends with ``Exit.OLD_PYTHON`` itself; ``docs/reference/exit-codes.md`` shows
this table to people, and a test holds the three together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text


class Exit(IntEnum):
    """Exit codes; 10 to 29 are ours, below and above are everybody's custom."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_RUNNING = 3
    OLD_PYTHON = 10
    NO_RIGHT_TO_INSTALL = 11
    UNKNOWN_SYSTEM = 12
    SYSTEM_PACKAGES_FAILED = 13
    NO_NETWORK = 14
    DISK_FULL = 15
    NO_WRITE_PERMISSION = 16
    NO_POSTGIS = 17
    DATABASE_FAILED = 18
    OTHER_DATABASE_UNFIT = 19
    PORT_BUSY = 20
    CITY_FAILED = 21
    NO_BROWSER = 22
    PYTHON_PACKAGES_FAILED = 23
    BROWSER_PACKAGES_FAILED = 24
    THEME_FAILED = 25
    INTERRUPTED = 130


@dataclass(eq=False)
class Stopped(YiwangError):
    """Root of the reasons for which `./yiwang` stops."""

    exit: ClassVar[Exit] = Exit.FAILED


@dataclass(eq=False)
class NotRunning(Stopped):
    """`status`, `down` or another command needs a city that has not been started here."""

    exit: ClassVar[Exit] = Exit.NOT_RUNNING
    text: ClassVar[Text] = Text(
        "这里还没有运行中的系统；请先运行 ./yiwang up。",
        "Nothing is running here; start it with ./yiwang up.",
    )


@dataclass(eq=False)
class OldPython(Stopped):
    """No Python >= 3.11 on PATH."""

    exit: ClassVar[Exit] = Exit.OLD_PYTHON
    text: ClassVar[Text] = Text(
        "没有找到 Python 3.11 或更新的版本；请先安装（如 sudo apt-get install python3）。",
        "Python 3.11 or newer was not found; install it first (e.g. sudo apt-get install python3).",
    )


@dataclass(eq=False)
class NoRightToInstall(Stopped):
    """System packages are missing and this user may not install them; one line does it."""

    line: str
    exit: ClassVar[Exit] = Exit.NO_RIGHT_TO_INSTALL
    text: ClassVar[Text] = Text(
        "缺少系统软件包，而当前用户无权安装。请由管理员运行下面这一行，然后重试：\n{line}",
        "System packages are missing and this user may not install them. "
        "Have an administrator run this line, then try again:\n{line}",
    )


@dataclass(eq=False)
class UnknownSystem(Stopped):
    """Not Debian or Ubuntu: what is missing must be installed by hand."""

    missing: str
    exit: ClassVar[Exit] = Exit.UNKNOWN_SYSTEM
    text: ClassVar[Text] = Text(
        "这不是 Debian 或 Ubuntu，无法自动安装；请自行安装：{missing}，然后重试。",
        "This is not Debian or Ubuntu, so nothing can be installed automatically; "
        "install these yourself and try again: {missing}.",
    )


@dataclass(eq=False)
class SystemPackagesFailed(Stopped):
    """apt-get ended with an error that is neither network nor disk."""

    packages: str
    log: str
    exit: ClassVar[Exit] = Exit.SYSTEM_PACKAGES_FAILED
    text: ClassVar[Text] = Text(
        "系统软件包（{packages}）未能安装；详情见 {log}。",
        "System packages ({packages}) could not be installed; details are in {log}.",
    )


@dataclass(eq=False)
class NoNetwork(Stopped):
    """Something must be downloaded and the source does not answer."""

    what: Text
    log: str
    exit: ClassVar[Exit] = Exit.NO_NETWORK
    text: ClassVar[Text] = Text(
        "下载{what}时网络不通；请检查网络或代理后重试（详情见 {log}）。",
        "The network did not answer while downloading {what}; check the connection or proxy "
        "and try again (details in {log}).",
    )


@dataclass(eq=False)
class DiskFull(Stopped):
    """There is not, or no longer, enough space."""

    place: str
    needed_mb: int
    free_mb: int
    exit: ClassVar[Exit] = Exit.DISK_FULL
    text: ClassVar[Text] = Text(
        "磁盘空间不足：{place} 需要 {needed_mb} MB，只剩 {free_mb} MB。腾出空间后重试即可，不会留下半成品。",
        "The disk is full: {place} needs {needed_mb} MB and has {free_mb} MB. "
        "Free some space and try again; nothing half-done is kept.",
    )


@dataclass(eq=False)
class NoWritePermission(Stopped):
    """A folder that must be written belongs to someone else or is read-only."""

    place: str
    exit: ClassVar[Exit] = Exit.NO_WRITE_PERMISSION
    text: ClassVar[Text] = Text(
        "无法写入 {place}：请检查该目录的属主、权限或是否只读。",
        "{place} cannot be written: check who owns it, its permissions, or whether it is read-only.",
    )


@dataclass(eq=False)
class NoPostgis(Stopped):
    """No PostgreSQL >= 15 with PostGIS, and the system's packages have none."""

    found: str
    exit: ClassVar[Exit] = Exit.NO_POSTGIS
    text: ClassVar[Text] = Text(
        "需要 PostgreSQL 15 或更新版本及 PostGIS（现有：{found}），本系统的软件源没有提供；"
        "可用 YIWANG_DATABASE_URL 指定另一台服务器。",
        "PostgreSQL 15 or newer with PostGIS is needed (found: {found}) and this system's packages "
        "do not offer it; YIWANG_DATABASE_URL can name another server.",
    )


@dataclass(eq=False)
class DatabaseFailed(Stopped):
    """The private database could not be made or started."""

    reason: str
    log: str
    exit: ClassVar[Exit] = Exit.DATABASE_FAILED
    text: ClassVar[Text] = Text(
        "数据库未能启动：{reason}（日志：{log}）。",
        "The database did not start: {reason} (log: {log}).",
    )


@dataclass(eq=False)
class OtherDatabaseUnfit(Stopped):
    """The server of ``YIWANG_DATABASE_URL`` lacks something. Never shows it: it may hold a password."""

    reason: Text
    exit: ClassVar[Exit] = Exit.OTHER_DATABASE_UNFIT
    text: ClassVar[Text] = Text(
        "YIWANG_DATABASE_URL 指定的数据库不能使用：{reason}。",
        "The database named by YIWANG_DATABASE_URL cannot be used: {reason}.",
    )


@dataclass(eq=False)
class PortBusy(Stopped):
    """Another program listens on the port."""

    host: str
    port: int
    exit: ClassVar[Exit] = Exit.PORT_BUSY
    text: ClassVar[Text] = Text(
        "端口 {host}:{port} 已被其他程序占用；请换一个端口（如 ./yiwang up --port 8080）或先停掉那个程序。",
        "Port {host}:{port} is used by another program; choose another one "
        "(e.g. ./yiwang up --port 8080) or stop that program first.",
    )


@dataclass(eq=False)
class CityFailed(Stopped):
    """A start-up step failed or the pages did not answer in time; everything was stopped again."""

    step: Text
    log: str
    exit: ClassVar[Exit] = Exit.CITY_FAILED
    text: ClassVar[Text] = Text(
        "启动未完成，停在“{step}”；已全部停止，详情见 {log}。",
        "The start did not finish; it stopped at “{step}”. Everything was stopped again; "
        "details are in {log}.",
    )


@dataclass(eq=False)
class NoBrowser(Stopped):
    """The journey tests need a browser, and this system does not offer it as a plain package."""

    exit: ClassVar[Exit] = Exit.NO_BROWSER
    text: ClassVar[Text] = Text(
        "测试需要 Chromium 或 Google Chrome，但没有找到"
        "（Ubuntu 的 chromium-browser 是 snap，无法在此自动安装）；"
        "请安装 google-chrome-stable 或 snap 版 chromium 后重试。",
        "The tests need Chromium or Google Chrome and none was found (Ubuntu's chromium-browser is a snap, "
        "which cannot be installed here); install google-chrome-stable or the chromium snap and try again.",
    )


@dataclass(eq=False)
class PythonPackagesFailed(Stopped):
    """The pinned Python packages could not be installed (wrong hash, broken environment)."""

    log: str
    exit: ClassVar[Exit] = Exit.PYTHON_PACKAGES_FAILED
    text: ClassVar[Text] = Text(
        "Python 软件包未能按锁定的版本装好；详情见 {log}，重试会接着修复。",
        "The pinned Python packages could not be installed; details are in {log}. Another try repairs them.",
    )


@dataclass(eq=False)
class BrowserPackagesFailed(Stopped):
    """`npm ci` failed."""

    log: str
    exit: ClassVar[Exit] = Exit.BROWSER_PACKAGES_FAILED
    text: ClassVar[Text] = Text(
        "浏览器端的软件包未能装好；详情见 {log}，重试会重新安装。",
        "The browser libraries could not be installed; details are in {log}. Another try installs them anew.",
    )


@dataclass(eq=False)
class ThemeFailed(Stopped):
    """Sass refused the theme."""

    log: str
    exit: ClassVar[Exit] = Exit.THEME_FAILED
    text: ClassVar[Text] = Text(
        "页面样式未能编译；详情见 {log}。", "The theme did not compile; details are in {log}."
    )


#: Every reason, in the order of the table.
REASONS: tuple[type[Stopped], ...] = (
    NotRunning,
    OldPython,
    NoRightToInstall,
    UnknownSystem,
    SystemPackagesFailed,
    NoNetwork,
    DiskFull,
    NoWritePermission,
    NoPostgis,
    DatabaseFailed,
    OtherDatabaseUnfit,
    PortBusy,
    CityFailed,
    NoBrowser,
    PythonPackagesFailed,
    BrowserPackagesFailed,
    ThemeFailed,
)
