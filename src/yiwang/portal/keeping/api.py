"""The door of the kept pages."""

from collections.abc import Mapping

from yiwang.platform.environment import environment
from yiwang.portal.keeping import copy_files
from yiwang.portal.keeping.commands.report_copy import RESUMED, STOPPED, report_copy
from yiwang.portal.keeping.making import policies
from yiwang.portal.keeping.nginx import configuration


def nginx_configuration(*, port: int, own_hosts: Mapping[str, str]) -> str:
    """What nginx before this installation is to be told."""
    chosen = environment()
    return configuration(
        upstream=f"{chosen.host}:{chosen.port}",
        root=copy_files.folder().resolve() / "pages",
        port=port,
        own_hosts=own_hosts,
        headers=policies(),
    )


__all__ = ["RESUMED", "STOPPED", "nginx_configuration", "report_copy"]
