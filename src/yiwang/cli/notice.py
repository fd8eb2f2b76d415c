"""What `up` prints when the city answers: addresses, and whom one can sign in as."""

from __future__ import annotations

from rich.table import Table

from yiwang.cli import sign_ins
from yiwang.cli.console import out, say
from yiwang.cli.running import Running
from yiwang.kernel.text import Text
from yiwang.platform.environment import environment


def print_addresses(said: Running) -> None:
    """Addresses and demonstration sign-ins."""
    say(Text(f"网站已就绪：{said.address}/", f"The city answers at {said.address}/en/"))
    rows = sign_ins.read(environment().var)
    if not rows:
        return
    table = Table(title=str(Text("演示账号", "Demonstration sign-ins")), title_justify="left")
    for title in (Text("角色", "Role"), Text("账号", "Account"), Text("密码", "Password")):
        table.add_column(str(title), overflow="fold")
    for row in rows:
        table.add_row(str(row.role), row.account, row.password)
    out.print(table)
