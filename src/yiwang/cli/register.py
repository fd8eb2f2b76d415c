"""The list of commands. Add a line here and a file ``commands/<name>.py``; nothing else.

The file holds a function ``command`` with Typer's annotations (or ``group``, a Typer of its own). It is
imported only when its command is called, and only after its needs are met, so it may import Django
models at its top.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from yiwang.kernel.text import Text


class Needs(Enum):
    """What must be ready before a command's module is imported."""

    NOTHING = "nothing"
    SETTINGS = "settings"  # Django is set up; a database answers only if it runs already
    DATABASE = "database"  # the database runs (a private one is started, and stopped again if it was not)


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its name, its line in the help, and what it needs."""

    name: str
    title: Text
    needs: Needs = Needs.NOTHING
    hidden: bool = False
    #: Unknown options belong to another program (pytest) and are passed on to it.
    passes_on: bool = False


COMMANDS: tuple[Entry, ...] = (
    Entry("up", Text("启动系统：数据库、网页与后台任务", "Start the city: database, web and worker")),
    Entry("down", Text("停止后台运行的系统", "Stop the city that runs in the background")),
    Entry("status", Text("查看运行情况与网址", "See what runs, and its addresses")),
    Entry("reset", Text("停止并清除全部数据", "Stop and remove all data")),
    Entry("test", Text("运行全部检查与测试", "Run all checks and tests"), passes_on=True),
    Entry("lock", Text("重新锁定 Python 软件包的版本", "Pin the Python packages anew")),
    Entry("check", Text("检查业务包与城市定义", "Check packs and city definitions"), Needs.SETTINGS),
    Entry("plan", Text("预览定义的变更", "Show what applying would change"), Needs.DATABASE),
    Entry("apply", Text("应用定义的变更", "Apply packs and city definitions"), Needs.DATABASE),
    Entry("new", Text("新建业务包或网站", "Begin a new pack or site"), Needs.SETTINGS),
    Entry(
        "templates",
        Text("登记簿模板的导出与导入", "Take registers along as templates"),
        Needs.DATABASE,
    ),
    Entry("docs", Text("生成由代码得出的文档", "Write the generated pages of docs/"), Needs.SETTINGS),
    Entry("simulate", Text("模拟城市办件", "Simulate a living city"), Needs.DATABASE),
    Entry("match", Text("比对各部门的名单", "Match lists of departments"), Needs.DATABASE),
    Entry("raster", Text("导入影像", "Load imagery"), Needs.DATABASE),
    Entry(
        "generate",
        Text("生成虚拟人口与企业数据文件", "Write files of made-up people and firms"),
        Needs.SETTINGS,
    ),
    Entry("node", Text("节点：与本系统并列、互相交换的系统", "Nodes beside this one that exchange")),
    Entry("authority", Text("节点证书的审批与吊销", "Certify and revoke nodes"), Needs.DATABASE),
    Entry("evidence", Text("取出节点间报文的证据", "Take out a message's evidence"), Needs.DATABASE),
    Entry("verify", Text("离线核验报文证据", "Check a message's evidence offline"), Needs.SETTINGS),
    Entry("front", Text("前置 nginx 的配置", "Configuration of nginx before the city"), Needs.SETTINGS),
    Entry("bench", Text("性能测量", "Measure speed"), Needs.DATABASE),
    Entry("worker", Text("后台任务进程", "The worker process"), Needs.SETTINGS, hidden=True),
    Entry("listener", Text("节点间的监听进程", "The door for other nodes"), hidden=True),
    Entry("startup", Text("启动步骤", "The steps of a start"), Needs.SETTINGS, hidden=True),
    Entry("supervise", Text("守护进程", "Keep web and worker running"), hidden=True),
)
