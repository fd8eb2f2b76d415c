"""`front`: print the configuration of nginx that stands before the city."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings

from yiwang.cli.console import out
from yiwang.portal.keeping.api import nginx_configuration

Port = Annotated[int, typer.Option(min=1, max=65535, help="nginx 的端口 / port of nginx")]


def command(port: Port = 80) -> None:
    """Print it; where it goes, and what it does, stands in docs/how-to/run-a-city.md."""
    text = nginx_configuration(port=port, own_hosts=settings.YIWANG_SITE_HOSTS)
    out.print(text, markup=False, highlight=False, soft_wrap=True)
